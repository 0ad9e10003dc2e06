/**
 * The possible readings of the AWS documentation, which does not say how IAM checks the system-defined profile that an
 * application inference profile copies from. The verification of a deployed environment finds out which reading is
 * right (`lambda/verify/settle/settle-system-profile-grant.ts`).
 *
 * `unasked`: IAM does not check the system-defined profile. `without-key`: IAM checks the invoke action on its ARN.
 * `with-key`: IAM makes the same check, with the application profile's ARN in `bedrock:InferenceProfileArn`. `every`:
 * both checks are made, so that a call that is allowed under `every` is allowed under each of the other readings.
 */
export const READINGS = ['unasked', 'without-key', 'with-key', 'every'] as const;

export type SystemProfileReading = (typeof READINGS)[number];
