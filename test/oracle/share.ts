import { compare, type Order } from './compare';
import { startEngine } from './engines/engines';

/** A child process: takes one order, gives back its tally, and ends; it ends early if its parent does. */
process.on('message', async (order: Order) => {
  const { ask, stop } = startEngine(order.engine);
  const tally = await compare(order, ask);
  stop();
  process.send?.(tally, () => process.disconnect());
});
process.on('disconnect', () => process.exit());
