import type { SettledFact } from './verification-result';

/**
 * What several runs say about facts, each fact once: as settled where one of them settled it. Where they found different
 * things, all are kept.
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
