import type { Breach, Judgement } from './judge';
import { NotUnderstood } from './not-understood';
import { fewOf, requestWords } from './sentence';

/** What jest asks a matcher for. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

export interface Wording {
  /** What the request is, after its words: `, which …`. */
  readonly breach: (breach: Breach, words: string) => string;
  /** What to do about breaches, a line each. */
  readonly advice: (breaches: readonly Breach[]) => readonly string[];
  /** What was proven, for `.not`: `nobody may …`. */
  readonly proven: string;
}

/** Runs a judgement. What is not understood fails, with `.not` as well. */
export function matcherResult(
  { isNot = false }: { readonly isNot?: boolean },
  ask: () => Judgement,
  { breach, advice, proven }: Wording,
): MatcherResult {
  try {
    const { breaches, profiles, carriers, classes } = ask();
    const lines = (): readonly string[] => [
      ...fewOf(
        breaches.map((b) => `${b.who} may ${breach(b, requestWords(b, profiles))}; allowed by ${b.allowedBy.policy}`),
      ),
      '',
      ...advice(breaches),
    ];
    return breaches.length === 0
      ? {
          pass: true,
          message: () =>
            `${proven}: ${classes} classes of requests of ${carriers} that have policies were gone through`,
        }
      : { pass: false, message: () => lines().join('\n') };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) {
      throw error;
    }
    return { pass: isNot, message: () => error.message };
  }
}
