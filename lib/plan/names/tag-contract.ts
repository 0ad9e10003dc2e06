import type { ApplicationConfig, EnvironmentConfig } from '../../config/environment-schema';
import type { Place } from './names';

export type Tags = Readonly<Record<string, string>>;

/** The tag that separates budgets and costs. `Application` does not, because dev and prod share its value. */
export const COST_TAG = 'BedrockAccess';

/** Returns the value of the cost tag on all resources of one application. */
export function costTag({ environment }: Pick<Place, 'environment'>, application: string): string {
  return `${environment}/${application}`;
}

/** Returns the tags of shared resources: the tags of the file, and the four tags that each application also sets. */
export function environmentTags({ name, tags, contact }: Pick<EnvironmentConfig, 'name' | 'tags' | 'contact'>): Tags {
  return { ...tags, Application: 'bedrock-access', [COST_TAG]: name, CostCenter: 'bedrock-access', Owner: contact };
}

/**
 * Returns the tags of all resources of one application. Its profiles, roles and budget have the same tags, because in
 * billing the tag of a profile overrides the tag of the role that called it (Bedrock User Guide, "Cost attribution").
 * Different values would split the costs of the application.
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
