import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Order } from './compare';
import { addTallies, emptyTally, type Tally } from './tally';

const ROOT = join(__dirname, '..', '..');

/** Divides an order among child processes, one for each core, and adds up their tallies. */
export async function compareInParallel(order: Omit<Order, 'step'>): Promise<Tally> {
  const shares = Math.max(2, availableParallelism());
  const wanted = Math.ceil(order.wanted / shares);
  const tallies = await Promise.all(
    Array.from({ length: shares }, (_, index) =>
      compareInChild({ ...order, first: order.first + index, step: shares, wanted }),
    ),
  );
  return tallies.reduce(addTallies, emptyTally());
}

function compareInChild(order: Order): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const child = fork(join(__dirname, 'share.ts'), { cwd: ROOT, execArgv: ['--import', 'tsx'] });
    child.on('message', (tally: Tally) => resolve(tally));
    child.on('exit', (code) => reject(new Error(`the child process ended with exit code ${code}`)));
    child.send(order);
  });
}
