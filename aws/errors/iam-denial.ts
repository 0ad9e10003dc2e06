/** What IAM says it refused, and which layer did. */
export interface IamDenial {
  readonly deniedAction: string;
  readonly deniedArn?: string;
  readonly cause: string;
  readonly remedy: string;
}

interface Layer {
  readonly says: RegExp;
  readonly cause: (what: string) => string;
  readonly remedy: string;
}

const LAYERS: readonly Layer[] = [
  {
    says: /explicit deny in a service control policy|no service control policy allows/,
    cause: (what) => `a service control policy of the organization refuses ${what}`,
    remedy: 'ask the administrators of the organization to let this account make the call in this Region',
  },
  {
    says: /explicit deny in a resource control policy|no resource control policy allows/,
    cause: (what) => `a resource control policy of the organization refuses ${what}`,
    remedy: 'ask the administrators of the organization to let this account make the call',
  },
  {
    says: /explicit deny in a permissions boundary|no permissions boundary allows/,
    cause: (what) => `the permissions boundary of the role refuses ${what}`,
    remedy: "deploy the environment's foundation stack again, so that the boundary is the current one",
  },
  {
    says: /explicit deny in a VPC endpoint policy|no VPC endpoint policy allows/,
    cause: (what) => `the policy of the VPC endpoint refuses ${what}`,
    remedy: 'allow the profile and its models in the policy of the bedrock-runtime endpoint',
  },
  {
    says: /explicit deny in a session policy|no session policy allows/,
    cause: (what) => `the session policy refuses ${what}`,
    remedy: 'assume the role without a session policy',
  },
  {
    says: /explicit deny in a resource-based policy|no resource-based policy allows/,
    cause: (what) => `the policy of the resource refuses ${what}`,
    remedy: 'allow the role in the policy of the resource that the ARN names',
  },
  {
    says: /explicit deny in an identity-based policy/,
    cause: (what) => `a policy of the role denies ${what}`,
    remedy: 'look for the deny in the policies that the role carries, those attached by hand too',
  },
  {
    says: /no identity-based policy allows/,
    cause: (what) => `no policy of the role allows ${what}`,
    remedy: "mend the policy of the application's stack, as prove says, and deploy it again",
  },
  {
    says: /explicit deny/,
    cause: (what) => `a policy denies ${what}`,
    remedy: 'look for a deny in the policies of the role and of the organization',
  },
];

const UNSAID: Layer = {
  says: /(?:)/,
  cause: (what) => `IAM refuses ${what}`,
  remedy: "compare the policies of the role with the application's stack, and deploy it again",
};

/** Whichever policy it was: the profile and the model of such a call are allowed, and their key is not. */
const KMS_REMEDY = 'allow the role the action on that key, in the key policy and in a policy of the role';

/**
 * Reads the message of an IAM denial, or answers `undefined` when it is none.
 *
 * The ARN tells which check of a call failed: the profile's, or that of a model in one of the Regions behind it.
 */
export function iamDenial(message: string): IamDenial | undefined {
  const said = /not authorized to perform: ([\w-]+:\w+)(?: on resource: (\S+))?/.exec(message);
  const action = said?.[1];
  if (action === undefined) {
    return undefined;
  }
  const arn = said?.[2]?.replace(/[.,;"']+$/, '').slice(0, 500);
  // The ARN is caller's text and may hold any words: only what follows it is searched.
  const because = message.slice((said?.index ?? 0) + (said?.[0].length ?? 0));
  const layer = LAYERS.find(({ says }) => says.test(because)) ?? UNSAID;
  return {
    deniedAction: action,
    ...(arn !== undefined && { deniedArn: arn }),
    cause: layer.cause(arn === undefined ? action : `${action} on ${arn}`),
    remedy: action.startsWith('kms:') ? KMS_REMEDY : layer.remedy,
  };
}
