import type { UnreadableAlias } from './alias';
import type { Aliases } from './aliases';

/** The profile that each alias of an application is to give to its callers, by the alias's name. */
export type Served = Readonly<Record<string, string>>;

/**
 * Of one application only the aliases that its stack has, each with the profile that it is to give.
 *
 * CloudFormation deletes what left a stack after everything else, so that an alias that is no longer granted can still be
 * read; and what was just written may not be found yet.
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
      const cause = `the parameter ${path}/${application}/${alias} does not hold ${profileArn}, which the stack gives it`;
      return { application, alias, profileArn, cause };
    });
  return {
    readable: [...readable.filter(others), ...own],
    unreadable: [...unreadable.filter(others), ...known, ...missing],
  };
}
