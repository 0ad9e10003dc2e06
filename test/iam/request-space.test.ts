import { evaluate } from '../../lib/iam/evaluate/evaluate';
import { parseLayers } from '../../lib/iam/evaluate/policy-layers';
import type { AccessRequest } from '../../lib/iam/match/access-request';
import { spaceDecider } from '../../lib/iam/space/decide-space';
import { requestSpace } from '../../lib/iam/space/request-space';
import { isDocumentedUndecided, nearRequest, type SpaceCase, spaceCase } from './space-case';
import { classOf, everyProduct, inBits, type Matching, matching, requestOf } from './space-classes';
import { documentOf } from './verdict';

const CASES = Array.from({ length: 160 }, (_, i) => spaceCase(i + 1));

/** Decisions of `evaluate` that agree with a decision of the space. It refuses if any statement is undecided. */
const EXPECTED: Readonly<Record<string, RegExp>> = {
  allowed: /^(?:allowed|refused)$/,
  denied: /^(?:implicitDeny|explicitDeny|refused)$/,
  undecided: /^/,
};

function statementsOf({ space }: SpaceCase, indices: readonly number[]): readonly Matching[] {
  const classes = space.dimensions.map((d, i) => d.classes[indices[i] ?? 0]);
  return space.statements.map((_, bit) => {
    const answers = classes.map((c) => (c === undefined ? 'no' : inBits(c.certain, c.possible, bit)));
    return answers.includes('no') ? 'no' : answers.includes('undecided') ? 'undecided' : 'matches';
  });
}

test('every statement matches the witness of a class as the class says, unless it is documented as undecided', () => {
  const wrong: unknown[] = [];
  for (const spaceCase of CASES) {
    const { space, statements, random } = spaceCase;
    for (const indices of random.some(everyProduct(space), 40)) {
      const request = requestOf(space, indices);
      for (const [i, expected] of statementsOf(spaceCase, indices).entries()) {
        const statement = statements[i] ?? {};
        const isAccepted = expected === 'undecided' && isDocumentedUndecided(statement);
        if (!isAccepted && matching(statement, request) !== expected) {
          wrong.push({ statement, request, expected });
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('every class gets the decision that evaluate gives its witness', () => {
  const wrong: unknown[] = [];
  const counts = new Map<string, number>();
  for (const { layers, space, random, statements } of CASES) {
    const decide = spaceDecider(space);
    for (const indices of random.some(everyProduct(space), 80)) {
      const request = requestOf(space, indices);
      const decision = decide(indices);
      const { decision: evaluated } = evaluate(layers, request);
      const unfounded = decision === 'undecided' && evaluated !== 'refused' && !statements.some(isDocumentedUndecided);
      if (unfounded || !EXPECTED[decision]?.test(evaluated)) {
        wrong.push({ layers, request, decision, evaluated });
      }
      counts.set(`${decision} ${evaluated}`, (counts.get(`${decision} ${evaluated}`) ?? 0) + 1);
    }
  }
  expect(wrong).toEqual([]);
  const common = ['allowed allowed', 'denied implicitDeny', 'denied explicitDeny', 'undecided refused'];
  expect(common.filter((pair) => (counts.get(pair) ?? 0) < 20)).toEqual([]);
});

/** True if a resource matches only as a whole. `evaluate` refuses such a request, and the space has no class for it. */
function crossesColon({ space, statements }: SpaceCase, request: AccessRequest): boolean {
  const resource = space.dimensions.find((d) => d.name === 'resource');
  return statements.some((statement) => matching(statement, request, resource) === 'undecided');
}

test('every request is in a class of each dimension and decided like it, unless a wildcard would cross a colon', () => {
  const wrong: unknown[] = [];
  const reached = new Set<string>();
  for (const [number, spaceCase] of CASES.filter(
    ({ statements }) => !statements.some(isDocumentedUndecided),
  ).entries()) {
    const { layers, space, statements } = spaceCase;
    const requests = Array.from({ length: 80 }, () => nearRequest(spaceCase));
    for (const request of requests.filter((r) => !crossesColon(spaceCase, r))) {
      const indices = space.dimensions.map((d) => classOf(d, statements, request));
      const answer = indices.includes(undefined) ? 'outside' : spaceDecider(space)(indices.map(Number));
      if (!EXPECTED[answer]?.test(evaluate(layers, request).decision)) {
        wrong.push({ layers, request, indices, answer });
      }
      reached.add(`${number}: ${indices}`);
    }
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(reached.size).toBeGreaterThan(1_500);
});

test('a value in which a wildcard crosses a colon distinguishes text and ARN operators with the same pattern', () => {
  const key = 'bedrock:InferenceProfileArn';
  const pattern = 'arn:aws:bedrock:*:111122223333:application-inference-profile/*';
  const statement = (Effect: string, operator: string) => ({
    Effect,
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { [key]: pattern } },
  });
  const document = documentOf(statement('Allow', 'StringLike'), statement('Deny', 'ArnLike'));
  const identity = [{ name: 'identity', document }];
  const space = requestSpace(parseLayers({ identity }));
  const allowed = everyProduct(space).filter((indices) => spaceDecider(space)(indices) === 'allowed');
  const values = allowed.map((indices) => requestOf(space, indices).context[key.toLowerCase()]?.[0] ?? '');
  expect(values.map((value) => value.split(':').length > 6)).toEqual([true]);
});

test.each([
  [
    'has the value that is known',
    { 'aws:PrincipalTag/Team': ['a*'] },
    ['', 'a*', 'other'],
    ['denied', 'allowed', 'denied'],
  ],
  ['is undecided without one', {}, [''], ['undecided']],
])('a policy variable in a condition %s', (_, known, values, expected) => {
  const key = 'aws:ResourceTag/Team';
  const statement = {
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { StringEquals: { [key]: `\${${Object.keys(known)[0] ?? 'aws:PrincipalTag/Team'}}` } },
  };
  const identity = [{ name: 'identity', document: documentOf(statement) }];
  const space = requestSpace(parseLayers({ identity }), { known, values: { [key.toLowerCase()]: values } });
  const decisions = new Map(
    everyProduct(space).map((indices) => [
      requestOf(space, indices).context[key.toLowerCase()]?.[0],
      spaceDecider(space)(indices),
    ]),
  );
  expect(values.map((value) => decisions.get(value) ?? 'denied')).toEqual(expected);
});
