import type { UnreadableAlias } from './alias';
import type { Aliases } from './aliases';

/** The profile that callers of each alias of an application should receive, keyed by the name of the alias. */
export type Served = Readonly<Record<string, string>>;

/**
 * Reduces the aliases of one application to those in its stack, each with the profile that the stack gives it.
 *
 * This corrects two differences between the parameters and the stack. CloudFormation deletes removed resources last, so
 * an alias that is no longer granted can still be read. And a parameter that was just written may not be found yet.
 */
export function servedAliases(
  { readable, unreadable }: Aliases,
  path: string,
  application: string,
  served: Served,
): Aliases {
  const expected = new Map(Object.entries(served));
  const others = <T extends { readonly application: string }>(alias: T): boolean => alias.application !== application;
  const own = readable.filter((alias) => !others(alias) && expected.get(alias.alias) === alias.served.profileArn);
  const known = unreadable.filter((alias) => !others(alias) && expected.has(alias.alias));
  const missing = [...expected]
    .filter(([name]) => ![...own, ...known].some(({ alias }) => alias === name))
    .map(([alias, profileArn]): UnreadableAlias => {
      const cause = `the parameter ${path}/${application}/${alias} does not hold ${profileArn}, the profile in the stack`;
      return { application, alias, profileArn, cause };
    });
  return {
    readable: [...readable.filter(others), ...own],
    unreadable: [...unreadable.filter(others), ...known, ...missing],
  };
}
