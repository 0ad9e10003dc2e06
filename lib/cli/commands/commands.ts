import type { Command } from '../terminal/command';
import { access } from './access';
import { budget } from './budget';
import { check } from './check';
import { costs } from './costs';
import { dashboards } from './dashboards';
import { diff } from './diff';
import { plan } from './plan';
import { prove } from './prove';
import { prune } from './prune';
import { sandbox } from './sandbox';
import { verify } from './verify';

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  check,
  plan,
  prove,
  access,
  diff,
  verify,
  costs,
  budget,
  dashboards,
  prune,
  sandbox,
];
