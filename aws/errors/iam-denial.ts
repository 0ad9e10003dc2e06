/** A denial by IAM: the action, the resource and the layer of policies that denied it. */
export interface IamDenial {
  readonly deniedAction: string;
  readonly deniedArn?: string;
  readonly cause: string;
  readonly remedy: string;
}

interface Layer {
  /** Matches the reason that the message gives after the ARN. */
  readonly pattern: RegExp;
  readonly cause: (call: string) => string;
  readonly remedy: string;
}

const LAYERS: readonly Layer[] = [
  {
    pattern: /explicit deny in a service control policy|no service control policy allows/,
    cause: (call) => `a service control policy of the organization denies ${call}`,
    remedy: 'ask the administrators of the organization to let this account make the call in this Region',
  },
  {
    pattern: /explicit deny in a resource control policy|no resource control policy allows/,
    cause: (call) => `a resource control policy of the organization denies ${call}`,
    remedy: 'ask the administrators of the organization to let this account make the call',
  },
  {
    pattern: /explicit deny in a permissions boundary|no permissions boundary allows/,
    cause: (call) => `the permissions boundary of the role denies ${call}`,
    remedy: "deploy the environment's foundation stack again, so that the boundary is the current one",
  },
  {
    pattern: /explicit deny in a VPC endpoint policy|no VPC endpoint policy allows/,
    cause: (call) => `the policy of the VPC endpoint denies ${call}`,
    remedy: 'allow the profile and its models in the policy of the bedrock-runtime endpoint',
  },
  {
    pattern: /explicit deny in a session policy|no session policy allows/,
    cause: (call) => `the session policy denies ${call}`,
    remedy: 'assume the role without a session policy',
  },
  {
    pattern: /explicit deny in a resource-based policy|no resource-based policy allows/,
    cause: (call) => `the policy of the resource denies ${call}`,
    remedy: 'allow the role in the policy of the resource that the ARN names',
  },
  {
    pattern: /explicit deny in an identity-based policy/,
    cause: (call) => `a policy of the role denies ${call}`,
    remedy: 'look for the deny statement in the policies of the role, including those attached by hand',
  },
  {
    pattern: /no identity-based policy allows/,
    cause: (call) => `no policy of the role allows ${call}`,
    remedy: "correct the policy of the application's stack, as prove reports it, and deploy the stack again",
  },
  {
    pattern: /explicit deny/,
    cause: (call) => `a policy denies ${call}`,
    remedy: 'look for a deny statement in the policies of the role and of the organization',
  },
];

const UNKNOWN_LAYER: Layer = {
  pattern: /(?:)/,
  cause: (call) => `IAM denies ${call}`,
  remedy: "compare the policies of the role with the application's stack, and deploy it again",
};

/** Remedy for every layer: such a call is allowed the profile and the model, but not the key that encrypts them. */
const KMS_REMEDY = 'allow the role the action on that key, in the key policy and in a policy of the role';

/**
 * Reads the message of an IAM denial. Returns `undefined` for any other message.
 *
 * The ARN shows which check of a call failed: that of the profile, or that of the model in one of its Regions.
 */
export function iamDenial(message: string): IamDenial | undefined {
  const denied = /not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(message);
  const action = denied?.[1];
  if (action === undefined) {
    return undefined;
  }
  const arn = denied?.[2]?.replace(/[.,;"']+$/, '').slice(0, 500);
  // The caller chooses the ARN, which may contain any words, so only the text after it is searched.
  const reason = message.slice((denied?.index ?? 0) + (denied?.[0].length ?? 0));
  const layer = LAYERS.find(({ pattern }) => pattern.test(reason)) ?? UNKNOWN_LAYER;
  return {
    deniedAction: action,
    ...(arn !== undefined && { deniedArn: arn }),
    cause: layer.cause(arn === undefined ? action : `${action} on ${arn}`),
    remedy: action.startsWith('kms:') ? KMS_REMEDY : layer.remedy,
  };
}
