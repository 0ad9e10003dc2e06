import { templateText } from '../../iam/policy/template';
import type { Remedy } from '../finding/proof';
import { parsedStatement } from './cause';
import type { Denial } from './denial';

/** Returns the tags that the file must have for a statement that demands tags of profiles or roles. */
export function tagRemedies({ plan, statement, by, denied }: Denial): readonly Remedy[] {
  const conditions = statement === undefined ? [] : (parsedStatement(statement)?.conditions ?? []);
  if (conditions.some(({ key }) => key.startsWith('aws:requesttag/'))) {
    return [
      {
        change: `only a request that sets tags has aws:RequestTag, and a call of a model sets none; ask the owner of ${by?.policy} to limit the statement to such actions`,
      },
    ];
  }
  const tags = new Map<string, Demand>();
  for (const { key, name, operator, values } of conditions) {
    if (/^aws:(?:resource|principal)tag\//.test(key)) {
      const tag = name.slice(name.indexOf('/') + 1);
      const before = tags.get(tag);
      const isBan = operator.comparison !== 'Null' && !operator.negated;
      const wanted = [...(before?.wanted ?? []), ...(operator.negated ? values.map(templateText) : [])];
      tags.set(tag, { wanted, isBan: isBan || before?.isBan === true });
    }
  }
  const applications = new Map(
    denied.flatMap(({ request: { alias } }) =>
      alias === undefined ? [] : [[alias.application.name, alias.application.tags] as const],
    ),
  );
  return [...tags].flatMap(([tag, demand]) => {
    const changes = new Map<string, string[]>();
    for (const [name, carried] of applications.size === 0 ? [['', plan.tags] as const] : applications) {
      const change = changeOf(tag, demand, carried);
      changes.set(change, [...(changes.get(change) ?? []), name]);
    }
    return [...changes].map(([change, names]) => ({
      change: changes.size === 1 ? change : `${names.join(', ')}: ${change}`,
    }));
  });
}

/** What a statement says about a tag. */
interface Demand {
  readonly wanted: readonly string[];
  /** True if it denies a value. */
  readonly isBan: boolean;
}

function changeOf(tag: string, { wanted, isBan }: Demand, carried: Readonly<Record<string, string>>): string {
  const own = Object.entries(carried).find(([key]) => key.toLowerCase() === tag.toLowerCase());
  const value = wanted.length === 0 ? 'VALUE' : wanted.join(' or ');
  if (own === undefined) {
    return `add tags: { ${tag}: ${value} } to the environment file (and ${tag} to requiredTags); its profiles and roles carry ${Object.keys(carried).sort().join(', ')}`;
  }
  const asked = wanted.length > 0 ? `asks for ${value}` : isBan ? 'denies this value' : 'denies whatever has the tag';
  return `the tag ${own[0]} is '${own[1]}'; the statement ${asked}`;
}
