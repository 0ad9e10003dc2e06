import type { Account, InferenceProfile, Principal } from '../../lib/account/account';

const PREFIX = 'arn:aws:bedrock:us-east-1:111122223333:';

export const MODEL = 'amazon.nova-lite-v1:0';
export const SYSTEM_PROFILE = `${PREFIX}inference-profile/us.${MODEL}`;
export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

export const modelArn = (region: string, modelId = MODEL): string =>
  `arn:aws:bedrock:${region}::foundation-model/${modelId}`;

function profile(id: string, copyFrom: string): InferenceProfile {
  return {
    arn: `${PREFIX}application-inference-profile/${id}`,
    id,
    name: `chat ${id}`,
    copyFrom,
    tags: { Team: 'chat' },
  };
}

/** Application profile copied from the `us` system profile of Nova Lite. */
export const GEOGRAPHIC = profile('aaaaaaaaaaaa', SYSTEM_PROFILE);
/** Application profile copied from Nova Lite in us-east-1. */
export const REGIONAL = profile('bbbbbbbbbbbb', modelArn('us-east-1'));
/** Application profile copied from the `global` system profile of Nova 2 Lite. */
export const GLOBAL = profile('cccccccccccc', `${PREFIX}inference-profile/global.amazon.nova-2-lite-v1:0`);
/** Application profile copied from Titan Text Embeddings V2 in us-east-1. */
export const EMBEDDING = profile('dddddddddddd', modelArn('us-east-1', 'amazon.titan-embed-text-v2:0'));

export type Statement = Readonly<Record<string, unknown>>;

export const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: unknown,
): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition !== undefined && { Condition }),
});

/** Statement that allows all actions on all resources. */
export const ANYTHING = allow('*', '*');

export const documentOf = (statements: readonly Statement[]): Statement => ({
  Version: '2012-10-17',
  Statement: statements.map((statement, at) => ({ Sid: `S${at}`, ...statement })),
});

export function role(name: string, statements: readonly Statement[], more: Partial<Principal> = {}): Principal {
  return {
    kind: 'role',
    arn: `arn:aws:iam::111122223333:role/team/${name}`,
    name,
    tags: {},
    policies: statements.length === 0 ? [] : [{ name: `inline:${name}`, document: documentOf(statements) }],
    complete: true,
    ...more,
  };
}

export function user(name: string, statements: readonly Statement[]): Principal {
  return { ...role(name, statements), kind: 'user', arn: `arn:aws:iam::111122223333:user/${name}` };
}

export const accountOf = (principals: readonly Principal[]): Account => ({
  accountId: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  principals,
  profiles: [GEOGRAPHIC, REGIONAL, GLOBAL, EMBEDDING],
  parameters: [
    { name: '/bedrock-access/dev/chat/main', value: GEOGRAPHIC.arn },
    { name: '/bedrock-access/dev/chat/main.json', value: '{"generation":1}' },
    { name: '/bedrock-access/dev/chat/deep/er', value: 'x' },
  ],
  functions: [],
  gates: [],
  budgets: [],
  wholeResources: [],
  unread: [],
  managedPolicies: [],
  unattached: [],
  duplicateNames: [],
  stacksOutsideEnvironments: [],
  origins: new Map(),
});
