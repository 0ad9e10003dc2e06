import type { SettledFact } from './verification-result';

/**
 * Merges the facts of several runs, so that each fact appears once. If any run settled a fact, the settled answer is
 * kept. If runs settled it with different answers, all of these are kept.
 */
export function mergeSettled(facts: readonly SettledFact[]): readonly SettledFact[] {
  const idOf = ({ fact, routing = '' }: SettledFact): string => `${fact} ${routing}`;
  return [...new Set(facts.map(idOf))].flatMap((id) => {
    const same = facts.filter((fact) => idOf(fact) === id);
    const settled = same.filter((fact) => fact.settled);
    const isFirst = ({ answer }: SettledFact, i: number): boolean =>
      settled.findIndex((fact) => fact.answer === answer) === i;
    return settled.length === 0 ? same.slice(0, 1) : settled.filter(isFirst);
  });
}
