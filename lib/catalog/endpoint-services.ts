/** Services for which this project knows the policy of an interface endpoint. */
export const ENDPOINT_SERVICES = ['bedrock-runtime', 'bedrock', 'ssm', 'sts'] as const;

export type EndpointService = (typeof ENDPOINT_SERVICES)[number];

/** Services without which no application can call its models and look up its profiles. */
export const ALWAYS_SERVED = ['bedrock-runtime', 'bedrock'] as const satisfies readonly EndpointService[];

/** Services that an endpoint is made for only if the environment file asks for it: all of a VPC calls them. */
export const ALSO_SERVED = ['ssm', 'sts'] as const satisfies readonly EndpointService[];

/**
 * Maximum length of the policy of an endpoint in characters, with white space (AWS PrivateLink Guide, "Control access to
 * VPC endpoints using endpoint policies", read 2026-12-01).
 */
export const MAX_ENDPOINT_POLICY_CHARACTERS = 20_480;
