import { type Around, deny, furnished, limited, type Outcome, outcome, plain, type Surrounded } from './outer-cases';

const AIP = 'arn:aws:bedrock:*:111122223333:application-inference-profile/*';
const MODEL = 'arn:aws:bedrock:*::foundation-model/';
const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abcdefgh1234:1';
const TYPES = ['arn:aws:bedrock:*:*:application-inference-profile/*', 'arn:aws:bedrock:*:*:inference-profile/*'];
const REGIONS = { 'aws:RequestedRegion': ['us-east-1'] };

function changesOf({ violations }: Outcome): readonly string[] {
  return violations.flatMap((v) => v.remedies?.map((r) => r.change) ?? []);
}

function statementsOf({ violations }: Outcome): readonly unknown[] {
  return violations.flatMap((v) => v.remedies?.flatMap((r) => r.statement ?? []) ?? []);
}

function kindsOf({ violations }: Outcome): readonly string[] {
  return violations.map((v) => `${v.kind} ${v.breaks}`);
}

/** A statement about Regions, and the statement with the exemption that is to be offered. */
const REGION_DENIALS: readonly (readonly [title: string, condition: object, exempted: object])[] = [
  [
    'and exempts a role of the landing zone',
    {
      StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] },
      ArnNotLike: { 'aws:PrincipalARN': ['arn:*:iam::*:role/LandingZone'] },
    },
    {
      StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-west-2'] },
      ArnNotLike: { 'aws:PrincipalARN': ['arn:*:iam::*:role/LandingZone'], 'bedrock:InferenceProfileArn': AIP },
    },
  ],
  [
    'and exempts system profiles of one geography',
    {
      StringNotEquals: REGIONS,
      ArnNotLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/eu.*' },
    },
    {
      StringNotEquals: REGIONS,
      ArnNotLike: { 'bedrock:InferenceProfileArn': ['arn:aws:bedrock:*:*:inference-profile/eu.*', AIP] },
    },
  ],
  [
    'and spells the key of profiles in lower case',
    {
      StringNotEquals: REGIONS,
      ArnNotLike: { 'bedrock:inferenceprofilearn': ['arn:aws:bedrock:*:*:inference-profile/eu.*'] },
    },
    {
      StringNotEquals: REGIONS,
      ArnNotLike: { 'bedrock:inferenceprofilearn': ['arn:aws:bedrock:*:*:inference-profile/eu.*', AIP] },
    },
  ],
  [
    'by a pattern',
    { StringNotLike: { 'aws:RequestedRegion': 'us-east-1*' } },
    { StringNotLike: { 'aws:RequestedRegion': 'us-east-1*' }, ArnNotLike: { 'bedrock:InferenceProfileArn': AIP } },
  ],
  [
    'if the key exists',
    { StringNotEqualsIfExists: REGIONS },
    { StringNotEqualsIfExists: REGIONS, ArnNotLike: { 'bedrock:InferenceProfileArn': AIP } },
  ],
  [
    'by their names',
    { StringEquals: { 'aws:RequestedRegion': ['us-west-2', 'us-east-2'] } },
    {
      StringEquals: { 'aws:RequestedRegion': ['us-west-2', 'us-east-2'] },
      ArnNotLike: { 'bedrock:InferenceProfileArn': AIP },
    },
  ],
  [
    'in any case',
    { StringNotEqualsIgnoreCase: { 'aws:RequestedRegion': 'US-EAST-1' } },
    {
      StringNotEqualsIgnoreCase: { 'aws:RequestedRegion': 'US-EAST-1' },
      ArnNotLike: { 'bedrock:InferenceProfileArn': AIP },
    },
  ],
];

test.each(REGION_DENIALS)(
  'a policy that denies Regions %s gets the routings first, then the whole statement with an exemption',
  (_title, Condition, exempted) => {
    const found = outcome(plain, { scps: [[deny({ Condition })]] });
    expect(kindsOf(found)).toEqual(['outer calls']);
    expect(changesOf(found)[0]).toMatch(/^chat\/(?:main|world): /);
    const last = found.violations[0]?.remedies?.at(-1);
    expect(last?.statement).toEqual(deny({ Condition: exempted }));
    expect(last?.opens).toMatch(/^every application profile of the account .* also one over `global`/);
    expect(outcome(plain, { scps: [[last?.statement ?? {}]] }).violations).toEqual([]);
  },
);

test('each file that denies Regions gets its own statement', () => {
  const found = outcome(plain, {
    scps: [
      [deny({ Condition: { StringNotEquals: REGIONS } })],
      [deny({ Sid: 'Too', Condition: { StringNotLike: REGIONS } })],
    ],
  });
  expect(found.violations.map((v) => [v.decidedBy, v.remedies?.at(-1)?.statement?.['Sid']])).toEqual([
    [{ policy: 'scp-1', sid: 'No' }, 'No'],
    [{ policy: 'scp-2', sid: 'Too' }, 'Too'],
  ]);
});

/** Statements that ban something. None may be met by an exemption of application profiles. */
const BANS: readonly (readonly [title: string, where: Surrounded, changes: object, remedy: RegExp])[] = [
  [
    'demands a guardrail',
    plain,
    { Resource: `${MODEL}*`, Condition: { Null: { 'bedrock:GuardrailIdentifier': 'true' } } },
    /^applications\.chat: write guardrail: \{ id: ID, version: "N" \}/,
  ],
  [
    'demands one guardrail',
    plain,
    { Resource: `${MODEL}*`, Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': GUARDRAIL } } },
    /^applications\.chat: write guardrail: \{ id: abcdefgh1234, version: "1" \}/,
  ],
  [
    'demands a guardrail of embeddings',
    furnished,
    { Resource: `${MODEL}*`, Condition: { StringNotLike: { 'bedrock:GuardrailIdentifier': '*:guardrail/*' } } },
    /^an embedding model takes no guardrail: .*foundation-model\/amazon\.titan-embed-text-v2:0 in this statement \(NotResource\), and nothing else/,
  ],
  [
    'demands a guardrail outside a Region',
    plain,
    { Condition: { StringNotEquals: REGIONS, Null: { 'bedrock:GuardrailIdentifier': 'true' } } },
    /^applications\.chat: write guardrail/,
  ],
  [
    'bans `global`',
    plain,
    { Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' } } },
    /^chat\/world: set routing: us, which passes as it is$/,
  ],
  [
    'bans `global` and a Region',
    plain,
    { Condition: { StringLike: { 'aws:RequestedRegion': ['unspecified', 'us-west-2'] } } },
    /^chat\/main: no routing of anthropic\.claude-sonnet-4-6 from us-east-1 passes; choose another model/,
  ],
  [
    'bans the models of a provider',
    plain,
    { Resource: `${MODEL}anthropic.*` },
    /^chat\/main: anthropic\.claude-sonnet-4-6 is not permitted; choose another model, such as amazon\./,
  ],
  [
    'bans a model whose alternatives the file limits',
    limited,
    { Resource: `${MODEL}anthropic.claude-sonnet-4-6` },
    /^chat\/main: anthropic\.claude-sonnet-4-6 is not permitted; choose another model, such as anthropic\.claude-haiku-\S+ \(us\), amazon\.nova-lite-v1:0 \(regional\)$/,
  ],
  [
    'bans every model within the limits of the file',
    limited,
    { Resource: [`${MODEL}anthropic.*`, `${MODEL}amazon.nova-*`] },
    /^chat\/main: anthropic\.claude-sonnet-4-6 is not permitted; no other model of this kind within the limits of the file passes either$/,
  ],
  [
    'bans one model in one Region',
    plain,
    { Resource: 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6' },
    /^chat\/main: only routing: global passes, but its calls may be answered in any Region, also in one that is denied/,
  ],
  [
    'bans every model in one Region',
    plain,
    { Resource: ['arn:aws:bedrock:us-west-2::foundation-model/*'] },
    /^chat\/main: only routing: global passes, but/,
  ],
  [
    'bans `global` by the ARN of its models',
    plain,
    { Resource: 'arn:aws:bedrock:::foundation-model/*' },
    /^chat\/world: set routing: us, which passes as it is$/,
  ],
  [
    'demands any version of one guardrail',
    plain,
    {
      Resource: `${MODEL}*`,
      Condition: { StringNotLike: { 'bedrock:GuardrailIdentifier': GUARDRAIL.replace(/1$/, '*') } },
    },
    /^applications\.chat: write guardrail: \{ id: abcdefgh1234, version: "N" \}/,
  ],
  ['bans streams', plain, { Action: 'bedrock:InvokeModelWithResponseStream' }, /^no change of the file helps/],
  [
    'bans calls through profiles',
    plain,
    { Resource: `${MODEL}*`, Condition: { Null: { 'bedrock:InferenceProfileArn': 'false' } } },
    /^the statement decides by the profile of a call/,
  ],
  [
    'demands a service tier',
    plain,
    { Resource: `${MODEL}*`, Condition: { StringNotEquals: { 'bedrock:ServiceTier': 'priority' } } },
    /^no change of the file helps/,
  ],
];

test.each(BANS)('a policy that %s gets a change of the file and no exemption', (_title, where, changes, remedy) => {
  const found = outcome(where, { scps: [[deny(changes)]] });
  expect(kindsOf(found)).toEqual(['outer calls']);
  expect(changesOf(found)[0]).toMatch(remedy);
  expect(JSON.stringify(found.violations[0]?.remedies)).not.toContain('application-inference-profile');
});

/** Bans from which a tag of roles exempts. The tag is never a remedy, because it would void the ban. */
const BANS_BUT_FOR_A_TAG: readonly (readonly [title: string, changes: object, remedy: RegExp])[] = [
  ['denies Regions', { Condition: { StringNotEquals: REGIONS } }, /^chat\/main: no routing of /],
  [
    'bans `global`',
    { Condition: { StringEquals: { 'aws:RequestedRegion': 'unspecified' } } },
    /^chat\/world: set routing: us/,
  ],
  ['bans the models of a provider', { Resource: `${MODEL}anthropic.*` }, /^chat\/main: .* is not permitted/],
  ['lists approved models', { NotResource: [`${MODEL}amazon.*`, ...TYPES] }, /^chat\/main: .* is not permitted/],
  [
    'demands a guardrail',
    { Resource: `${MODEL}anthropic.*`, Condition: { Null: { 'bedrock:GuardrailIdentifier': 'true' } } },
    /^applications\.chat: write guardrail/,
  ],
];

test.each(BANS_BUT_FOR_A_TAG)(
  'a policy that %s but for a tag of roles is not met by that tag',
  (_title, changes, remedy) => {
    const { Resource, Condition, ...rest } = { ...deny({}), ...changes } as Record<string, object>;
    const exempting = {
      ...rest,
      ...(!('NotResource' in rest) && { Resource }),
      Condition: { ...Condition, StringNotEqualsIgnoreCase: { 'aws:PrincipalTag/Exempt': 'yes' } },
    };
    const { violations } = outcome(plain, { scps: [[exempting]] });
    const changed = violations.filter((v) => v.kind === 'outer').flatMap((v) => v.remedies?.map((r) => r.change) ?? []);
    expect(changed[0]).toMatch(remedy);
    expect(changed.filter((change) => change.includes('Exempt'))).toEqual([]);
  },
);

test('another model or routing over `global` alone is the last resort', () => {
  const condition = { StringEquals: { 'aws:RequestedRegion': ['us-west-2'] } };
  const changes = changesOf(outcome(plain, { scps: [[deny({ Condition: condition })]] }));
  expect(changes[0]).toMatch(/^chat\/main: only routing: global passes, but/);
});

test('a statement that denies the own Region is answered once', () => {
  const found = outcome(plain, {
    scps: [[deny({ Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })]],
  });
  expect(changesOf(found)).toEqual([
    "the statement denies aws:RequestedRegion 'us-east-1' itself; choose a Region that it allows",
  ]);
});

test('a demand of a guardrail on every resource is limited to models, which still need it', () => {
  const Condition = { StringNotEquals: { 'bedrock:GuardrailIdentifier': GUARDRAIL } };
  const found = outcome(furnished, { scps: [[deny({ Condition })]] });
  expect(statementsOf(found)).toEqual([deny({ Condition, Resource: `${MODEL}*` })]);
});

test('a demand of a guardrail is met by an application that names it', () => {
  const Condition = { Null: { 'bedrock:GuardrailIdentifier': 'true' } };
  const Resource = `${MODEL}anthropic.*`;
  expect(outcome(furnished, { scps: [[deny({ Resource, Condition })]] }).violations).toEqual([]);
});

const LISTED = ['amazon.*', 'anthropic.*'].map((id) => `arn:aws:bedrock:*:*:foundation-model/${id}`);

/** Lists of approved models, and the list that lets the calls pass. */
const APPROVED: readonly (readonly [title: string, statement: object, NotResource: readonly string[]])[] = [
  ['for every action', { Action: 'bedrock:*', NotResource: LISTED }, [...LISTED, ...TYPES]],
  ['for calls', { NotResource: LISTED }, [...LISTED, ...TYPES]],
  ['with system profiles', { NotResource: [...LISTED, TYPES[1]] }, [...LISTED, TYPES[1] ?? '', TYPES[0] ?? '']],
  ['as one pattern', { NotResource: `${MODEL}*` }, [`${MODEL}*`, ...TYPES]],
  [
    'under a condition',
    { NotResource: LISTED, Condition: { Bool: { 'aws:ViaAWSService': 'false' } } },
    [...LISTED, ...TYPES],
  ],
];

test.each(APPROVED)('a list of approved models %s gets the types of profiles', (_title, changes, NotResource) => {
  const { Resource: _, ...statement } = deny(changes) as { Resource: string };
  const found = outcome(plain, { scps: [[statement]] });
  // A list that names system profiles already is judged by its models.
  const merged = { ...statement, NotResource };
  const offered = statementsOf(found);
  expect(kindsOf(found)).toEqual(['outer calls']);
  expect(offered).toEqual([merged]);
  expect(outcome(plain, { scps: [[merged]] }).violations).toEqual([]);
});

test('a list of approved profiles does not get all profiles', () => {
  const NotResource = [`${MODEL}*`, 'arn:aws:bedrock:*:*:application-inference-profile/abcdefghij12', TYPES[1]];
  const { Resource: _, ...statement } = deny({ NotResource }) as { Resource: string };
  const found = outcome(plain, { scps: [[statement]] });
  expect(statementsOf(found)).toEqual([]);
  expect(changesOf(found)).toEqual([expect.stringMatching(/^the statement lists the approved profiles one by one/)]);
});

test('a list of approved system profiles gets those that are used', () => {
  const NotResource = [`${MODEL}*`, TYPES[0], 'arn:aws:bedrock:*:*:inference-profile/eu.*'];
  const { Resource: _, ...statement } = deny({ NotResource, Action: 'bedrock:*' }) as { Resource: string };
  const found = outcome(plain, { scps: [[{ ...statement, NotResource: NotResource.filter((r) => r !== TYPES[0]) }]] });
  expect(statementsOf(found)).toEqual([
    {
      ...statement,
      NotResource: [
        `${MODEL}*`,
        'arn:aws:bedrock:*:*:inference-profile/eu.*',
        TYPES[0],
        'arn:aws:bedrock:*:*:inference-profile/us.anthropic.claude-sonnet-4-6',
        'arn:aws:bedrock:*:*:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0',
      ],
    },
  ]);
});

test('a list of approved models without one of the models asks for another model', () => {
  const statement = { ...deny({}), Resource: undefined, NotResource: [`${MODEL}amazon.*`, ...TYPES] };
  const found = outcome(plain, { scps: [[JSON.parse(JSON.stringify(statement))]] });
  expect(changesOf(found)[0]).toMatch(
    /^chat\/main: anthropic\.claude-sonnet-4-6 is not permitted; choose another model, such as amazon/,
  );
});

const SYSTEM = 'arn:aws:bedrock:*:*:inference-profile/*';
const FAILS = /the system profile|whose system profile/;

/** Policies that let application profiles pass, and the readings under which calls would fail. */
const PROFILES_ONLY: readonly (readonly [title: string, around: Around, readings: string | undefined])[] = [
  [
    'closes every other way',
    {
      scps: [
        [
          deny({
            Sid: 'Direct',
            Resource: `${MODEL}*`,
            Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } },
          }),
          deny({
            Sid: 'System',
            Resource: `${MODEL}*`,
            Condition: { ArnLike: { 'bedrock:InferenceProfileArn': SYSTEM } },
          }),
          deny({ Sid: 'Profile', Resource: SYSTEM }),
        ],
      ],
    },
    'without-key and with-key',
  ],
  [
    'denies a system profile without an application profile',
    { scps: [[deny({ Resource: SYSTEM, Condition: { Null: { 'bedrock:InferenceProfileArn': 'true' } } })]] },
    'without-key',
  ],
  [
    'denies a system profile under an application profile',
    { scps: [[deny({ Resource: SYSTEM, Condition: { ArnLike: { 'bedrock:InferenceProfileArn': AIP } } })]] },
    'with-key',
  ],
  [
    'denies system profiles of one geography',
    { scps: [[deny({ Resource: 'arn:aws:bedrock:*:*:inference-profile/us.*' })]] },
    'without-key and with-key',
  ],
  [
    'denies models outside application profiles',
    { scps: [[deny({ Resource: `${MODEL}*`, Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': AIP } } })]] },
    undefined,
  ],
  [
    'is a session policy without system profiles',
    {
      session: [
        {
          Effect: 'Allow',
          Action: ['bedrock:*', 'ssm:*'],
          Resource: [TYPES[0], `${MODEL}*`, 'arn:aws:ssm:*:*:parameter/*'],
        },
      ],
    },
    'without-key and with-key',
  ],
];

test.each(PROFILES_ONLY)(
  'a policy that %s is no violation, and the answer names the readings',
  (_title, around, readings) => {
    const { violations, notes } = outcome(plain, around);
    expect(violations).toEqual([]);
    const said = notes.filter((line) => FAILS.test(line));
    expect(said.map((line) => /under the reading (.*) the calls fail/.exec(line)?.[1])).toEqual(
      readings === undefined ? [] : [readings],
    );
    expect(said.every((line) => line.includes('`verify` settles it'))).toBe(true);
  },
);

test('a policy that names an action that does not exist is told so', () => {
  const { violations, notes } = outcome(plain, {
    scps: [[deny({ Action: ['bedrock:Converse', 'bedrock:ConverseStream'] })]],
  });
  expect([violations, notes]).toEqual([
    [],
    [expect.stringContaining('bedrock:Converse, bedrock:ConverseStream: IAM has no such action')],
  ]);
});

test('a ban of one routing that application profiles pass by is named', () => {
  const Condition = {
    StringEquals: { 'aws:RequestedRegion': 'unspecified' },
    ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/global.*' },
  };
  const { violations, notes } = outcome(plain, { scps: [[deny({ Condition })]] });
  expect([violations, notes]).toEqual([
    [],
    [expect.stringContaining('calls through an application profile over global.anthropic.claude-haiku-4-5')],
  ]);
});

const PROFILE = 'arn:aws:bedrock:*:*:application-inference-profile/*';
const tag = (operator: string, key: string, value: string): object => ({
  Resource: PROFILE,
  Condition: { [operator]: { [key]: value } },
});

/** Demands of tags, and the answer where the file has no tags of its own and where it has some. */
const TAGS: readonly (readonly [changes: object, plain: RegExp | undefined, furnished: RegExp | undefined])[] = [
  [
    tag('Null', 'aws:ResourceTag/Team', 'true'),
    /^add tags: \{ Team: VALUE \} .*carry Application, BedrockAccess, CostCenter, Owner$/,
    undefined,
  ],
  [tag('Null', 'aws:ResourceTag/CostCenter', 'true'), undefined, undefined],
  [
    tag('StringNotEquals', 'aws:ResourceTag/Team', 'platform'),
    /^add tags: \{ Team: platform \}/,
    /^the tag Team is 'data-science'; the statement asks for platform$/,
  ],
  [tag('StringNotLike', 'aws:ResourceTag/team', 'data-*'), /^add tags: \{ team: data-\* \}/, undefined],
  [
    tag('StringNotEquals', 'aws:ResourceTag/CostCenter', 'CC-9'),
    /^the tag CostCenter is 'CC-1'/,
    /^the tag CostCenter is 'CC-1'/,
  ],
  [tag('Null', 'aws:ResourceTag/organization', 'true'), /^add tags: \{ organization: VALUE \}/, undefined],
];

test.each(TAGS)('tags of profiles decide: %j', (changes, without, having) => {
  for (const [where, change] of [
    [plain, without],
    [furnished, having],
  ] as const) {
    const found = outcome(where, { scps: [[deny(changes)]] });
    expect(kindsOf(found)).toEqual(change === undefined ? [] : ['outer calls']);
    expect(changesOf(found)).toEqual(change === undefined ? [] : [expect.stringMatching(change)]);
  }
});

/** Demands of tags that need another answer than a tag of the file. */
const OTHER_TAGS: readonly (readonly [condition: object, change: RegExp])[] = [
  [{ Null: { 'aws:RequestTag/Team': 'true' } }, /^only a request that sets tags has aws:RequestTag/],
  [
    { StringEquals: { 'aws:ResourceTag/CostCenter': 'CC-1' } },
    /^the tag CostCenter is 'CC-1'; the statement denies this value$/,
  ],
  [{ Null: { 'aws:ResourceTag/Owner': 'false' } }, /; the statement denies whatever has the tag$/],
  [
    { StringNotEquals: { 'aws:ResourceTag/CostCenter': `\${aws:ResourceTag/Owner}` } },
    /the statement asks for \$\{aws:resourcetag\/owner\}$/,
  ],
  [
    { StringNotEquals: { 'aws:ResourceTag/Team': `a-\${aws:ResourceTag/Owner}` } },
    /^add tags: \{ Team: a-\$\{aws:resourcetag\/owner\} \}/,
  ],
];

test.each(OTHER_TAGS)('the remedy says what the statement does with a tag: %j', (Condition, change) => {
  const changes = changesOf(outcome(plain, { scps: [[deny({ Resource: PROFILE, Condition })]] }));
  expect(changes).toEqual([expect.stringMatching(change)]);
});

test('tags of a role that the project makes decide, and those of an existing role are asked for', () => {
  const Condition = { StringNotEquals: { 'aws:PrincipalTag/Team': 'data-science' } };
  const found = outcome(furnished, { scps: [[deny({ Condition })]] });
  expect(found.violations.map((v) => [v.kind, v.principals, v.remedies])).toEqual([
    [
      'undecided',
      ['role existing-app'],
      [{ change: 'give the value that the organization has: --context aws:PrincipalTag/Team=VALUE' }],
    ],
  ]);
  const given = outcome(furnished, {
    scps: [[deny({ Condition })]],
    context: { 'aws:PrincipalTag/Team': ['data-science'] },
  });
  expect(given.violations).toEqual([]);
});

const OWN = 'arn:aws:iam::*:role/bedrock-access/*';
const only = (...roles: readonly string[]): object => ({
  Condition: { ArnNotLike: { 'aws:PrincipalArn': [OWN, ...roles] } },
});

/** Policies that exempt roles, and the answer for the existing role by its name and by its ARN. */
const ROLES: readonly (readonly [
  title: string,
  changes: object,
  byName: readonly string[],
  byArn: readonly string[],
])[] = [
  ['exempt it without a path', only('arn:aws:iam::*:role/existing-app'), ['undecided calls'], []],
  ['exempt it with any path', only('arn:aws:iam::*:role/existing-app', 'arn:aws:iam::*:role/*/existing-app'), [], []],
  ['exempt every name that ends so', only('arn:aws:iam::*:role/*existing-app'), [], []],
  ['exempt another role', only('arn:aws:iam::*:role/other'), ['undecided calls'], ['outer calls']],
  [
    'exempt it in another account',
    only('arn:aws:iam::444455556666:role/existing-app'),
    ['undecided calls'],
    ['outer calls'],
  ],
  [
    'deny it',
    { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/*existing-app' } } },
    ['outer calls'],
    ['outer calls'],
  ],
  [
    'deny it with a path',
    { Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/apps/existing-app' } } },
    ['undecided calls'],
    [],
  ],
];

test.each(ROLES)('policies that %s are decided as far as the role is known', (_title, changes, byName, byArn) => {
  const [named, known] = [plain, furnished].map((where) => outcome(where, { scps: [[deny(changes)]] }));
  expect([named && kindsOf(named), known && kindsOf(known)]).toEqual([byName, byArn]);
  expect(
    [named, known]
      .flatMap((o) => o?.violations.flatMap((v) => v.principals) ?? [])
      .every((p) => p === 'role existing-app'),
  ).toBe(true);
});

const ip = '203.0.113.7';
/** Conditions on what only the organization knows: a value that lets calls pass, and one that does not. */
const CONTEXTS: readonly (readonly [condition: object, passes: Around['context'], fails: Around['context']])[] = [
  [
    { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
    { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] },
    { 'aws:PrincipalOrgID': ['o-zzzz999999'] },
  ],
  [
    { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
    { 'aws:SourceIp': [ip] },
    { 'aws:SourceIp': ['198.51.100.1'] },
  ],
  [
    { StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } },
    { 'aws:SourceVpce': ['vpce-0a1b2c3d'] },
    { 'aws:SourceVpce': ['vpce-0a1b2c3e'] },
  ],
  [
    { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    { 'aws:MultiFactorAuthPresent': ['true'] },
    { 'aws:MultiFactorAuthPresent': ['false'] },
  ],
  [
    { DateGreaterThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } },
    { 'aws:CurrentTime': ['2026-12-01T00:00:00Z'] },
    { 'aws:CurrentTime': ['2027-12-01T00:00:00Z'] },
  ],
  [
    { NumericGreaterThanIfExists: { 'aws:MultiFactorAuthAge': '3600' } },
    { 'aws:MultiFactorAuthAge': ['60'] },
    { 'aws:MultiFactorAuthAge': ['7200'] },
  ],
  [
    { 'ForAllValues:StringNotLike': { 'aws:PrincipalOrgPaths': 'o-a1b2c3d4e5/r-ab12/*' } },
    { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-ab12/ou-1/'] },
    { 'aws:PrincipalOrgPaths': ['o-a1b2c3d4e5/r-zz12/ou-1/'] },
  ],
];

test.each(CONTEXTS)('%j is undecided, and decided with a value of the organization', (Condition, passes, fails) => {
  const scps = [[deny({ Condition })]];
  const [key = ''] = Object.keys(passes ?? {});
  const unknown = outcome(plain, { scps });
  expect(kindsOf(unknown)).toEqual(['undecided calls']);
  expect(changesOf(unknown)).toEqual([`give the value that the organization has: --context ${key}=VALUE`]);
  expect(outcome(plain, { scps, context: { ...passes } }).violations).toEqual([]);
  expect(kindsOf(outcome(plain, { scps, context: { ...fails } }))).toEqual(['outer calls']);
});

test.each([
  [
    'a value of an absent key is demanded',
    { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
    [],
  ],
  ['a tag of an absent list is demanded', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'Team' } }, []],
  [
    'all values of an absent key are denied',
    { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
    ['outer calls'],
  ],
  [
    'all tags of an absent list are denied',
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['Team'] } },
    ['outer calls'],
  ],
  ['calls by way of a service are denied', { Null: { 'aws:CalledViaFirst': 'false' } }, []],
  ['a tag of the request is demanded', { Null: { 'aws:RequestTag/Team': 'true' } }, ['outer calls']],
])('a key that a direct call lacks decides if %s', (_title, Condition, kinds) => {
  expect(kindsOf(outcome(plain, { scps: [[deny({ Condition })]] }))).toEqual(kinds);
});

test('a key that is not known leaves only the requests undecided that it touches', () => {
  const statement = {
    Sid: 'No',
    Effect: 'Deny',
    Action: 'ssm:*',
    Resource: '*',
    Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
  };
  const found = outcome(plain, { scps: [[statement]] });
  expect(kindsOf(found)).toEqual(['undecided look-ups']);
  expect(found.violations[0]?.denied?.every(({ action }) => action.startsWith('ssm:'))).toBe(true);
});

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const allow = (Action: readonly string[], Resource: string | readonly string[], more: object = {}): object => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

/** Policies of sessions and endpoints, and what breaks first under them. */
const ALLOWED: readonly (readonly [title: string, around: Around, kinds: readonly string[]])[] = [
  [
    'a session of calls alone',
    {
      session: [
        allow([...INVOKE, 'bedrock:ApplyGuardrail'], '*', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }),
      ],
    },
    ['outer look-ups'],
  ],
  [
    'a session of models without application profiles',
    { session: [allow(INVOKE, [`${MODEL}*`, SYSTEM])] },
    ['outer calls'],
  ],
  [
    'a session without streams',
    { session: [allow(['bedrock:InvokeModel', 'bedrock:Get*', 'ssm:*'], '*')] },
    ['outer calls'],
  ],
  ['a session of look-ups', { session: [allow(['bedrock:GetInferenceProfile', 'ssm:*'], '*')] }, ['outer calls']],
  [
    'a session without aliases',
    { session: [allow([...INVOKE, 'bedrock:GetInferenceProfile'], '*')] },
    ['outer look-ups'],
  ],
  ['an endpoint of calls alone', { endpoint: [allow(INVOKE, '*', { Principal: '*' })] }, []],
  [
    'an endpoint of one Region',
    { endpoint: [allow(INVOKE, 'arn:aws:bedrock:us-east-1:*:*', { Principal: '*' })] },
    ['outer calls'],
  ],
];

test.each(ALLOWED)('%s is told by what breaks, and gets the statement that it lacks', (_title, around, kinds) => {
  const found = outcome(plain, around);
  expect(kindsOf(found)).toEqual(kinds);
  const harmless = kinds.includes('outer look-ups');
  expect(changesOf(found).some((change) => change.startsWith('calls of models pass without a look-up'))).toBe(harmless);
  const [added] = Object.entries(around).map(([name, statements]) => ({
    [name]: [...statements, ...statementsOf(found)],
  }));
  expect(outcome(plain, added ?? {}).violations).toEqual([]);
});

test('every kind of request that fails is listed once, calls of models before look-ups', () => {
  const found = outcome(plain, { scps: [[{ Sid: 'No', Effect: 'Deny', Action: '*', Resource: '*' }]] });
  const [violation] = found.violations;
  const kinds =
    violation?.denied?.map(({ breaks, action, on, reading }) => [breaks, action, on, reading].join(' ')) ?? [];
  expect(new Set(kinds).size).toBe(kinds.length);
  expect([...new Set(violation?.denied?.map((d) => d.breaks))]).toEqual(['calls', 'look-ups', 'own work']);
  expect(kinds[0]).toBe('calls bedrock:InvokeModel application profile ');
  expect(violation?.message).toContain('may not bedrock:InvokeModel on the profile dev_chat_');
});

/** Statements about principals, and the remedy for the role that the file names by its ARN. */
const CALLERS: readonly (readonly [condition: object, change: RegExp])[] = [
  [
    { ArnNotLike: { 'aws:PrincipalArn': OWN } },
    /ask for arn:aws:iam::111122223333:role\/existing-app to be added to them$/,
  ],
  [
    { StringNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/aws-reserved/*' } },
    /ask for arn:aws:iam::111122223333:role\/bedrock-access\/dev\/\*, arn:aws:iam::111122223333:role\/existing-app to be added/,
  ],
  [
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/existing-app' } },
    /^the statement denies these principals: name another/,
  ],
  [{ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }, /^the statement denies these principals: name another/],
  [
    { StringNotEquals: { 'aws:PrincipalAccount': '444455556666' } },
    /^no change of the file helps; ask the owner of scp-1/,
  ],
];

test.each(CALLERS)('a statement about principals is answered for those that it denies: %j', (Condition, change) => {
  expect(changesOf(outcome(furnished, { scps: [[deny({ Condition })]] }))).toEqual([expect.stringMatching(change)]);
});

test('an endpoint stays closed to other accounts', () => {
  const endpoint = [allow(INVOKE, `${MODEL}*`, { Principal: '*' })];
  const [statement] = statementsOf(outcome(plain, { endpoint }));
  expect(statement).toMatchObject({ Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } });
  expect(outcome(plain, { endpoint: [...endpoint, statement as object] }).violations).toEqual([]);
});

test('a key that a policy variable stands for is compared', () => {
  const Condition = { StringNotEquals: { 'aws:ResourceOrgID': `\${aws:PrincipalOrgID}` } };
  const given = { scps: [[deny({ Condition })]], context: { 'aws:PrincipalOrgID': ['o-a1b2c3d4e5'] } };
  expect(outcome(plain, given).notes).toEqual([]);
  expect(kindsOf(outcome(plain, given))).toEqual(['undecided calls']);
});

test('a variable with a known value is compared as that value', () => {
  const Condition = { StringNotEquals: { 'aws:ResourceAccount': `\${aws:PrincipalAccount}` } };
  const found = outcome(plain, { scps: [[deny({ Condition })]] });
  expect(kindsOf(found)).toEqual(['undecided calls']);
  expect(found.violations[0]?.denied?.map((d) => d.on)).toEqual(['foundation model', 'foundation model']);
  expect(changesOf(found)).toEqual([
    expect.stringMatching(/^neither the file nor AWS's documentation says what aws:ResourceAccount is/),
  ]);
});

test('a statement that is not understood is told once', () => {
  const found = outcome(plain, { scps: [[deny({ Condition: { BinaryEquals: { 'aws:Any': 'YQ==' } } })]] });
  expect(kindsOf(found)).toEqual(['undecided calls']);
  expect(found.notes).toEqual([]);
});
