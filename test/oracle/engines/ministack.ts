import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { NamedPolicy, PolicySet } from '../policy-set';
import type { Ask, Decided } from './answer';

/** Folder in which the test installs MiniStack. It is kept between runs. */
export const MINISTACK_VENV = join(__dirname, '..', '..', '..', '.venv', 'ministack');

/** Asks the IAM evaluator of MiniStack, in a Python process that reads one case per line. */
export function startMiniStack(): { readonly ask: Ask; readonly stop: () => void } {
  const child = spawn(join(MINISTACK_VENV, 'bin', 'python'), [join(__dirname, 'ministack_driver.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const waiting: { resolve: (answers: Decided[]) => void; reject: (error: Error) => void }[] = [];
  createInterface(child.stdout).on('line', (line) => {
    const decisions: Decided['decision'][] = JSON.parse(line);
    waiting.shift()?.resolve(decisions.map((decision) => ({ decision })));
  });
  child.on('close', (code) => {
    for (const { reject } of waiting) {
      reject(new Error(`MiniStack ended with exit code ${code}`));
    }
  });
  const ask: Ask = (policies, requests) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify({ layers: layersOf(policies), requests })}\n`);
    });
  return { ask, stop: () => child.stdin.end() };
}

/** Lists the layers. The first one grants, and each of the others must allow too. */
function layersOf({ identity, boundary, session, serviceControl = [], endpoint }: PolicySet): unknown[][] {
  const one = (policy: NamedPolicy | undefined): NamedPolicy[][] => (policy === undefined ? [] : [[policy]]);
  const layers = [identity, ...one(boundary), ...one(session), ...serviceControl, ...one(endpoint)];
  return layers.map((layer) => layer.map(({ document }) => document));
}
