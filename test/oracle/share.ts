import { compare, type Order } from './compare';
import { startEngine } from './engines/engines';

/** A child process that takes one order, returns its tally and ends. It ends early if its parent does. */
process.on('message', async (order: Order) => {
  const { ask, stop } = startEngine(order.engine);
  const tally = await compare(order, ask);
  stop();
  process.send?.(tally, () => process.disconnect());
});
process.on('disconnect', () => process.exit());
