import { evaluate } from '../../lib/iam/evaluate/evaluate';
import type { Ask } from './engines/answer';
import { knownDifference } from './known-difference';
import type { Engine } from './known-differences';
import { writtenIn } from './random/written';
import { type SingleCase, shrink } from './shrink';
import type { Disagreement } from './tally';

/** Finds the smallest part of a case on which both sides still disagree, and the decision of each side. */
export async function smallestDisagreement(
  engine: Engine,
  seed: number,
  whole: SingleCase,
  ask: Ask,
): Promise<Disagreement> {
  const decide = async ({ policies, request }: SingleCase): Promise<{ ours: string; theirs: string }> => {
    const [answer] = await ask(policies, [request]);
    const theirs = answer !== undefined && 'decision' in answer ? answer.decision : 'skipped';
    return { ours: evaluate(policies, request).decision, theirs };
  };
  const disagrees = async (smaller: SingleCase): Promise<boolean> => {
    const { ours, theirs } = await decide(smaller);
    return (
      ![theirs, 'refused'].includes(ours) &&
      theirs !== 'skipped' &&
      knownDifference(engine, writtenIn(smaller.policies), smaller.request) === undefined
    );
  };
  const smallest = await shrink(whole, disagrees);
  return { seed, smallest, ...(await decide(smallest)) };
}
