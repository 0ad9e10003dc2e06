/**
 * Regions whose CloudFormation has `AWS::Bedrock::ApplicationInferenceProfile`
 * (CloudFormation registry schemas in cfn-lint 1.58.0, 2026-10-20).
 */
export const PROFILE_REGIONS = [
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-southeast-3',
  'ca-central-1',
  'eu-central-1',
  'eu-central-2',
  'eu-south-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'me-central-1',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-2',
] as const;

/**
 * Regions of {@link PROFILE_REGIONS} whose CloudFormation has no budgets.
 *
 * The missing types are `AWS::Budgets::Budget` and `AWS::Budgets::BudgetsAction` (same source).
 */
export const REGIONS_WITHOUT_BUDGETS: readonly string[] = [
  'ap-northeast-3',
  'ap-southeast-3',
  'eu-central-2',
  'eu-south-1',
  'me-central-1',
] satisfies readonly (typeof PROFILE_REGIONS)[number][];

/** Region of AWS's billing services, in which the budgets and anomaly monitors of all Regions are created. */
export const BILLING_REGION = 'us-east-1';

/** Returns the partition of a Region. Only `aws` has application inference profiles; the others are refused. */
export function partitionOf(region: string): 'aws' | 'aws-us-gov' | 'aws-cn' {
  return region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

/** Regions that are enabled by default in every account of the partition `aws` (AWS Account Management guide, 2026). */
export const DEFAULT_REGIONS = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'us-west-1',
  'eu-west-1',
  'eu-central-1',
  'eu-west-2',
  'eu-west-3',
  'eu-north-1',
  'ap-northeast-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ca-central-1',
  'sa-east-1',
] as const;
