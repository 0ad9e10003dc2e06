import type { ApplicationConfig, EnvironmentConfig } from '../../config/environment-schema';
import type { Place } from './names';

export type Tags = Readonly<Record<string, string>>;

/** The tag that budgets and costs are told apart by: dev and prod share `Application`. */
export const COST_TAG = 'BedrockAccess';

/** Its value on everything of one application. */
export function costTag({ environment }: Pick<Place, 'environment'>, application: string): string {
  return `${environment}/${application}`;
}

/** Tags of what the applications of an environment share: the file's own, and those that every application sets for itself. */
export function environmentTags({ name, tags, contact }: Pick<EnvironmentConfig, 'name' | 'tags' | 'contact'>): Tags {
  return { ...tags, Application: 'bedrock-access', [COST_TAG]: name, CostCenter: 'bedrock-access', Owner: contact };
}

/**
 * Tags of everything of one application. Its profiles, roles and budget carry the very same: in billing a profile's tag
 * wins over that of the role that called it (Bedrock User Guide, "Cost attribution"), so two values would be two bills.
 */
export function applicationTags(
  place: Pick<Place, 'environment'>,
  application: string,
  { costCenter, owner }: Pick<ApplicationConfig, 'costCenter' | 'owner'>,
  tags: Tags,
): Tags {
  return {
    ...tags,
    Application: application,
    [COST_TAG]: costTag(place, application),
    CostCenter: costCenter,
    Owner: owner,
  };
}
