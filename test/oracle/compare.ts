import { setImmediate } from 'node:timers/promises';
import type { Decision } from '../../lib/iam/evaluate/decision';
import { evaluate } from '../../lib/iam/evaluate/evaluate';
import type { AccessRequest } from '../../lib/iam/match/access-request';
import { smallestDisagreement } from './disagreement';
import type { Answer, Ask } from './engines/answer';
import { knownDifference } from './known-difference';
import type { Engine } from './known-differences';
import type { OracleCase } from './policy-set';
import { randomOracleCase } from './random/random-case';
import { countCompared, countDecisive, traitsOf } from './random/variety';
import { type WrittenStatement, writtenIn } from './random/written';
import { count, emptyTally, type Tally } from './tally';

/** Which cases: those of the seeds `first`, `first + step`, … until enough decisions were compared. */
export interface Order {
  readonly engine: Engine;
  readonly first: number;
  readonly step: number;
  readonly wanted: number;
  readonly requestsPerCase: number;
  /** Every so many cases one is tried without each of its layers and operators. */
  readonly sampleEvery: number;
}

const BATCH = 50;
const MOST_DISAGREEMENTS = 5;

/** Asks lib/iam and an engine the same, and counts. It ends also where the engine decides nearly nothing. */
export async function compare(order: Order, ask: Ask): Promise<Tally> {
  const { first, step, wanted, requestsPerCase } = order;
  const tally = emptyTally();
  for (let seed = first; tally.variety.compared < wanted && tally.cases < wanted; seed += BATCH * step) {
    const batch = Array.from({ length: BATCH }, (_, index) => randomOracleCase(seed + index * step, requestsPerCase));
    await Promise.all(batch.map((oracleCase) => compareCase(order, oracleCase, ask, tally)));
    // Between batches a child process hears that its parent has ended.
    await setImmediate();
  }
  return tally;
}

async function compareCase(
  order: Order,
  { seed, policies, requests }: OracleCase,
  ask: Ask,
  tally: Tally,
): Promise<void> {
  tally.cases += 1;
  const sampled = tally.cases % order.sampleEvery === 0;
  const written = writtenIn(policies);
  const ours = requests.map((request) => ({ request, decided: evaluate(policies, request) }));
  const open = ours.filter(({ request, decided }) => isComparable(order.engine, written, request, decided, tally));
  const asked = open.map(({ request }) => request);
  const answers: readonly Answer[] = asked.length === 0 ? [] : await ask(policies, asked);
  const traits = traitsOf(written);
  for (const [index, { request, decided }] of open.entries()) {
    const answer = answers[index] ?? { skipped: 'gives no answer' };
    if ('skipped' in answer) {
      count(tally.skipped, answer.skipped);
      continue;
    }
    countCompared(tally.variety, traits, written, request, decided.decision);
    if (index === 0 && sampled) {
      countDecisive(tally.variety, policies, request, decided.decision);
    }
    if (decided.decision !== answer.decision) {
      tally.disagreed += 1;
      if (tally.disagreements.length < MOST_DISAGREEMENTS && !tally.disagreements.some((d) => d.seed === seed)) {
        tally.disagreements.push(await smallestDisagreement(order.engine, seed, { policies, request }, ask));
      }
    }
  }
}

function isComparable(
  engine: Engine,
  written: readonly WrittenStatement[],
  request: AccessRequest,
  { decision, refusals }: Decision,
  tally: Tally,
): boolean {
  if (decision === 'refused') {
    count(tally.refused, reasonOf(refusals[0]?.reason ?? ''));
    return false;
  }
  const known = knownDifference(engine, written, request);
  if (known !== undefined) {
    count(tally.excluded, known.construct);
  }
  return known === undefined;
}

/** The reason without the names and values of the one case. */
function reasonOf(reason: string): string {
  return reason
    .replace(/'.*'/g, '…')
    .replace(/\d+ values/, 'several values')
    .replace(/^Condition\.\S+|\b(For\w+:)?(Arn|String|Bool)\w*/, 'an operator');
}
