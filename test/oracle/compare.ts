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

/** The cases to compare: those of the seeds `first`, `first + step`, … until enough decisions are compared. */
export interface Order {
  readonly engine: Engine;
  readonly first: number;
  readonly step: number;
  /** Number of decisions to compare. */
  readonly wanted: number;
  readonly requestsPerCase: number;
  /** Number of cases of which one is also decided without each of its layers and operators. */
  readonly sampleEvery: number;
}

const BATCH = 50;
const MAX_DISAGREEMENTS = 5;

/**
 * Compares lib/iam with an engine on the same requests, and counts. It also ends if the engine decides almost nothing.
 */
export async function compare(order: Order, ask: Ask): Promise<Tally> {
  const { first, step, wanted, requestsPerCase } = order;
  const tally = emptyTally();
  for (let seed = first; tally.variety.compared < wanted && tally.cases < wanted; seed += BATCH * step) {
    const batch = Array.from({ length: BATCH }, (_, index) => randomOracleCase(seed + index * step, requestsPerCase));
    await Promise.all(batch.map((oracleCase) => compareCase(order, oracleCase, ask, tally)));
    // Lets a child process notice that its parent has ended.
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
  const comparable = ours.filter(({ request, decided }) =>
    isComparable(order.engine, written, request, decided, tally),
  );
  const comparableRequests = comparable.map(({ request }) => request);
  const answers: readonly Answer[] = comparableRequests.length === 0 ? [] : await ask(policies, comparableRequests);
  const traits = traitsOf(written);
  for (const [index, { request, decided }] of comparable.entries()) {
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
      if (tally.disagreements.length < MAX_DISAGREEMENTS && !tally.disagreements.some((d) => d.seed === seed)) {
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

/** Removes the names and values of the single case from a reason. */
function reasonOf(reason: string): string {
  return reason
    .replace(/'.*'/g, '…')
    .replace(/\d+ values/, 'several values')
    .replace(/^Condition\.\S+|\b(For\w+:)?(Arn|String|Bool)\w*/, 'an operator');
}
