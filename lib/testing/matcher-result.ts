import type { Breach, Judgement } from './judge';
import { NotUnderstood } from './not-understood';
import { firstFew, requestWords } from './sentence';

/** The result that jest expects from a matcher. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

export interface Wording {
  /** Completes the description of a breach, for example with `, which …`. */
  readonly breach: (breach: Breach, words: string) => string;
  /** Changes that remove the breaches, one a line. */
  readonly advice: (breaches: readonly Breach[]) => readonly string[];
  /** Proven statement, which `.not` prints: `no principal may …`. */
  readonly proven: string;
}

/** Turns a judgement into a matcher result. A template that is not understood fails, with `.not` as well. */
export function matcherResult(
  { isNot = false }: { readonly isNot?: boolean },
  judgeTemplate: () => Judgement,
  { breach, advice, proven }: Wording,
): MatcherResult {
  try {
    const { breaches, profiles, carriers, classes } = judgeTemplate();
    const lines = (): readonly string[] => [
      ...firstFew(
        breaches.map((b) => `${b.who} may ${breach(b, requestWords(b, profiles))}; allowed by ${b.allowedBy.policy}`),
      ),
      '',
      ...advice(breaches),
    ];
    return breaches.length === 0
      ? {
          pass: true,
          message: () =>
            `${proven}: ${classes} request classes of ${carriers} ${carriers === 1 ? 'principal' : 'principals'} were checked`,
        }
      : { pass: false, message: () => lines().join('\n') };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) {
      throw error;
    }
    return { pass: isNot, message: () => error.message };
  }
}
