import { parseLayers } from '../../lib/iam/evaluate/policy-layers';
import { type Dimension, requestSpace } from '../../lib/iam/space/request-space';
import { COST_TAG } from '../../lib/plan/names/tag-contract';
import { mutatedText } from '../iam/mutated-text';
import { type Random, seededRandom } from '../iam/random';
import { classOf, matching, type WrittenStatement } from '../iam/space-classes';
import { plannedAccount } from '../proof/planned-account';

const TEXTS = 20_000;
const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s;

/** Patterns of the texts that a request may have in a dimension. */
const UNIVERSES: Readonly<Record<string, RegExp>> = { action: /^[^:]+:.+$/s, resource: ARN };

function nearText(texts: readonly string[], dimension: Dimension, random: Random): string {
  for (;;) {
    const text = mutatedText(random.one(texts).replaceAll('*', random.one(['', 'x', '*'])), texts, random);
    if ((UNIVERSES[dimension.name] ?? ARN).test(text)) {
      return text;
    }
  }
}

/** Makes a request that has the text in this dimension. */
function requestWith({ name }: Dimension, text: string) {
  const request = { action: 'bedrock:InvokeModel', resource: '*', context: {} };
  return name === 'action' || name === 'resource'
    ? { ...request, [name]: text }
    : { ...request, context: { [name]: [text] } };
}

/** Writes the tag of one application in place of the policy variable, as a role of it has. */
function withTag(document: unknown): unknown {
  return JSON.parse(JSON.stringify(document).replaceAll(`\${aws:PrincipalTag/${COST_TAG}}`, 'dev/support-chat'));
}

test.each(['dev', 'prod'] as const)('every text that resembles those in the policies of %s is in a class', (name) => {
  const { principals } = plannedAccount(name).account;
  const all = principals.flatMap((p) => [...p.policies, ...(p.boundary === undefined ? [] : [p.boundary])]);
  const identity = [...new Map(all.map((p) => [p.name, { ...p, document: withTag(p.document) }])).values()];
  const space = requestSpace(parseLayers({ identity }));
  const statements = identity.flatMap(
    (p) => (p.document as { readonly Statement: readonly WrittenStatement[] }).Statement,
  );
  const texts = [...JSON.stringify(statements).matchAll(/"([^"]+:[^"]+)"/g)].map(([, text = '']) => text);
  const random = seededRandom(name.length);
  const reached = new Set<string>();
  const outside: string[] = [];
  let crossing = 0;
  for (let i = 0; i < TEXTS; i += 1) {
    const dimension = random.one(space.dimensions);
    const text = nearText(texts, dimension, random);
    const request = requestWith(dimension, text);
    const index = classOf(dimension, statements, request);
    reached.add(`${dimension.name} ${index}`);
    if (index === undefined) {
      const refused = statements.some((s) => matching(s, request, dimension) === 'undecided');
      crossing += refused ? 1 : 0;
      outside.push(...(refused ? [] : [`${dimension.name}: ${text}`]));
    }
  }
  const classes = space.dimensions.reduce((n, d) => n + d.classes.length, 0);
  process.stdout.write(
    `${name}: ${TEXTS} texts reached ${reached.size} of ${classes} classes; ${crossing} only across a colon\n`,
  );
  expect(outside).toEqual([]);
  expect(reached.size).toBeGreaterThan(classes / 2);
});
