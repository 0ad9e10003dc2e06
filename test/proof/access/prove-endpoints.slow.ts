import type { Account, Principal, WholeResource } from '../../../lib/account/account';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { type PlannedPrincipal, principals } from '../../../lib/plan/environment/principals';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import { proveEndpoints } from '../../../lib/proof/access/prove-endpoints';
import { findPrincipals } from '../../../lib/proof/finding/find-principals';
import { application, environment } from '../../plan/environments';
import { plannedAccount } from '../planned-account';

const { plan, account } = plannedAccount('network');

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}
type Change = (statement: Statement) => object | undefined;

const ENDPOINT = 'AWS::EC2::VPCEndpoint';

const FOUND = findPrincipals(account, principals(plan)).filter(
  (pair): pair is readonly [PlannedPrincipal, Principal] => pair[1] !== undefined,
);

/** The account with a change of the properties of one resource, or without the resource. */
function changed(type: string, name: string, change: (p: WholeResource['properties']) => object | undefined): Account {
  const wholeResources = account.wholeResources.flatMap((r): readonly WholeResource[] => {
    const properties = r.type === type && r.name.endsWith(name) ? change(r.properties) : r.properties;
    return properties === undefined ? [] : [{ ...r, properties: { ...properties } }];
  });
  return { ...account, wholeResources };
}

const statementsOf = (properties: WholeResource['properties']): readonly Statement[] =>
  (properties['PolicyDocument'] as { readonly Statement: readonly Statement[] }).Statement;

const violationsOf = (of: Account): readonly string[] => proveAccess(plan, of).violations.map((v) => v.message);

test('the endpoints of the environment are proven', () => {
  expect(account.wholeResources.filter(({ type }) => type === ENDPOINT)).toHaveLength(4);
  expect(proveAccess(plan, account).violations).toEqual([]);
});

/** Changes of one statement. `undefined` stands for a statement that is left out. */
function changesOf({ Action, Resource, Condition = {} }: Statement): readonly (readonly [string, Change])[] {
  const without = (key: string, from: object) => Object.fromEntries(Object.entries(from).filter(([k]) => k !== key));
  const [service = ''] = (Action[0] ?? '').split(':');
  return [
    ['is left out', () => undefined],
    ['is given to one principal', (s) => ({ ...s, Principal: { AWS: 'arn:aws:iam::111122223333:root' } })],
    ['denies', (s) => ({ ...s, Effect: 'Deny' })],
    ['allows everything of its service', (s) => ({ ...s, Action: [`${service}:*`] })],
    ['allows CountTokens too', (s) => ({ ...s, Action: [...Action, 'bedrock:CountTokens'] })],
    ['allows ListInferenceProfiles too', (s) => ({ ...s, Action: [...Action, 'bedrock:ListInferenceProfiles'] })],
    ['lacks an action', (s) => ({ ...s, Action: Action.length > 1 ? Action.slice(1) : ['bedrock:GetGuardrail'] })],
    ['lacks a resource', (s) => ({ ...s, Resource: Resource.length > 1 ? Resource.slice(1) : ['arn:aws:s3:::x'] })],
    ...(Resource.includes('*')
      ? []
      : [['is about everything', (s) => ({ ...s, Resource: ['*'] })] as [string, Change]]),
    ...Resource.filter((arn) => /:\d{12}:(?!role)/.test(arn)).map((arn): [string, Change] => [
      `is about ${arn} of any account`,
      (s) => ({ ...s, Resource: Resource.map((r) => (r === arn ? r.replace(/:\d{12}:/, ':*:') : r)) }),
    ]),
    ...Object.entries(Condition).flatMap(([operator, keys]) => [
      [`lacks ${operator}`, (s): object => ({ ...s, Condition: without(operator, Condition) })] as [string, Change],
      ...(operator.endsWith('IfExists')
        ? []
        : [
            [
              `has ${operator}IfExists`,
              (s): object => ({ ...s, Condition: { ...without(operator, Condition), [`${operator}IfExists`]: keys } }),
            ] as [string, Change],
          ]),
      ...Object.entries(keys).flatMap(([key, value]): [string, Change][] => [
        [`lacks ${key}`, (s) => ({ ...s, Condition: { ...Condition, [operator]: without(key, keys) } })],
        [
          `compares ${key} with another value`,
          (s) => ({
            ...s,
            Condition: { ...Condition, [operator]: { ...keys, [key]: 'arn:aws:iam::111122223333:role/x' } },
          }),
        ],
        ...[value].flat().map((one): [string, Change] => [
          `compares ${key} with the pattern of ${one}`,
          (s) => ({
            ...s,
            Condition: {
              ...Condition,
              [operator]: { ...keys, [key]: [value].flat().map((v) => (v === one ? `${v}*` : v)) },
            },
          }),
        ]),
      ]),
    ]),
  ];
}

const MUTANTS = account.wholeResources
  .filter(({ type }) => type === ENDPOINT)
  .flatMap(({ name, properties }) =>
    statementsOf(properties).flatMap((statement) =>
      changesOf(statement).map(([what, change]) => ({ name, what: `${statement.Sid} ${what}`, statement, change })),
    ),
  )
  // These two change nothing. A tag is compared as text, in which '*' has no meaning, and no ARN of a profile has more
  // characters than the pattern that already ends in '*'.
  .filter(({ what }) => !/ResourceTag.* pattern|InferenceProfileArn with the pattern/.test(what));

test('there are many mutants', () => {
  expect(MUTANTS.length).toBeGreaterThan(100);
});

test.each(MUTANTS)('the proof finds that $what', ({ name, statement, change }) => {
  const mutant = changed(ENDPOINT, name, (properties) => ({
    ...properties,
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: statementsOf(properties).flatMap((s) => (s === statement ? (change(s) ?? []) : s)),
    },
  }));
  expect(proveEndpoints(plan, mutant, FOUND).flatMap((part) => part.violations)).not.toEqual([]);
});

const RULE = { CidrIp: '10.0.0.0/16', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 };
const GROUP = 'AWS::EC2::SecurityGroup';

test.each<[what: string, type: string, name: string, change: object]>([
  ['everybody reaches the endpoints', GROUP, 'endpoints', { SecurityGroupIngress: [{ ...RULE, CidrIp: '0.0.0.0/0' }] }],
  ['every port is open', GROUP, 'endpoints', { SecurityGroupIngress: [{ ...RULE, FromPort: 0, ToPort: 65535 }] }],
  ['the endpoints may begin connections', GROUP, 'endpoints', { SecurityGroupEgress: undefined }],
  ['the group is in another VPC', GROUP, 'endpoints', { VpcId: 'vpc-0123456789abcdef1' }],
  ['calls of models do not go through the endpoint', ENDPOINT, 'bedrock-runtime', { PrivateDnsEnabled: false }],
  ['an endpoint has another group', ENDPOINT, 'bedrock-runtime', { SecurityGroupIds: ['sg-0123456789abcdef0'] }],
  ['an endpoint lies in fewer subnets', ENDPOINT, 'bedrock', { SubnetIds: ['subnet-0123456789abcdef0'] }],
  ['an endpoint lies in another VPC', ENDPOINT, 'bedrock', { VpcId: 'vpc-0123456789abcdef1' }],
  ['an endpoint leads elsewhere', ENDPOINT, 'ssm', { ServiceName: 'com.amazonaws.us-east-1.s3' }],
  ['an endpoint is a gateway', ENDPOINT, 'sts', { VpcEndpointType: 'Gateway' }],
])('the proof finds that %s', (_, type, name, change) => {
  expect(violationsOf(changed(type, name, (properties) => ({ ...properties, ...change })))).not.toEqual([]);
});

test.each(['bedrock-runtime', 'bedrock', 'ssm', 'sts'])(
  'the proof finds that the endpoint of %s is gone',
  (service) => {
    expect(violationsOf(changed(ENDPOINT, `.${service}`, () => undefined))).not.toEqual([]);
  },
);

test('an endpoint without a policy lets everything through', () => {
  const open = changed(ENDPOINT, '.bedrock', ({ PolicyDocument, ...rest }) => rest);
  expect(violationsOf(open)).toEqual([
    'the endpoint of bedrock has no policy in the templates, so it would let every principal through',
  ]);
});

test('an endpoint that the file does not ask for is found', () => {
  const one = account.wholeResources.find(({ type }) => type === ENDPOINT) as WholeResource;
  const more = { ...one, properties: { ...one.properties, ServiceName: 'com.amazonaws.us-east-1.s3' } };
  const violations = violationsOf({ ...account, wholeResources: [...account.wholeResources, more] });
  expect(violations).toEqual([expect.stringContaining(`a resource of type ${ENDPOINT} that is not in the plan`)]);
});

test('a policy that is too long is found before EC2 refuses it', () => {
  const principals = Array.from({ length: 40 }, (_, i) => ({ role: `${'r'.repeat(60)}${i}` }));
  const many = Object.fromEntries(Array.from({ length: 3 }, (_, i) => [`a${i}`, application({ principals })]));
  const network = { endpoints: { 'bedrock-runtime': 'vpce-0123456789abcdef0' } };
  const tooLong = planAccess(environment(many, { network }));
  expect(proveAccess(tooLong, account).violations.map((v) => v.message)).toContainEqual(
    expect.stringMatching(
      /^the policy of the endpoint of bedrock-runtime has \d{5} characters, and EC2 allows at most 20480;/,
    ),
  );
});

test('a proof says which endpoints it does not know', () => {
  const skippedOf = (network: object): readonly string[] => {
    const existing = planAccess(environment({ chat: application() }, { network }));
    return proveAccess(existing, account).coverage.skipped.filter((line) => line.includes('endpoint'));
  };
  expect(proveAccess(plan, account).coverage.skipped.filter((line) => line.includes('endpoint'))).toEqual([]);
  expect(skippedOf({ endpoints: { bedrock: 'vpce-0123456789abcdef0' } })).toEqual([
    'VPC endpoint policies: none was given (--endpoint FILE)',
    'the policies that existing endpoints have now: bedrock (vpce-0123456789abcdef0); those of plan --endpoint-policy are proven',
  ]);
});
