import type { Engine } from '../known-differences';
import type { Ask } from './answer';
import { askIamSimulate } from './iam-simulate';
import { startMiniStack } from './ministack';
import { naiveDecision } from './naive';

/** Starts an engine; `stop` ends what it started. */
export function startEngine(engine: Engine): { readonly ask: Ask; readonly stop: () => void } {
  switch (engine) {
    case 'naive':
      return {
        ask: async (policies, requests) => requests.map((request) => ({ decision: naiveDecision(policies, request) })),
        stop: () => undefined,
      };
    case 'iam-simulate':
      return {
        ask: (policies, requests) => Promise.all(requests.map((request) => askIamSimulate(policies, request))),
        stop: () => undefined,
      };
    case 'MiniStack':
      return startMiniStack();
  }
}
