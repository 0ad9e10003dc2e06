/**
 * What Bedrock may ask of the system-defined profile under an application inference profile; AWS does not document it.
 * The verification of a deployed environment finds out which reading is AWS's (`lambda/verify/settle/settle-system-profile-grant.ts`).
 *
 * `unasked`: nothing. `without-key`: the invoke action on its ARN. `with-key`: the same, with the application profile's
 * ARN in `bedrock:InferenceProfileArn`. `every`: both checks, so that what passes here passes under every reading.
 */
export const READINGS = ['unasked', 'without-key', 'with-key', 'every'] as const;

export type SystemProfileReading = (typeof READINGS)[number];
