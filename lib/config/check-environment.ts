import { basename, dirname, extname } from 'node:path';
import { MODEL_IDS } from '../catalog/catalog';
import { nearest } from '../catalog/nearest';
import { PROFILE_REGIONS, partitionOf } from '../catalog/region';
import { matchesModel } from './check-models';
import type { Path, Problem } from './problem';

/** Tags that every profile, role and budget gets; a file may not set them itself. */
export const OWN_TAGS = ['Application', 'BedrockAccess', 'CostCenter', 'Owner'] as const;

/** What is wrong with a Region, if anything. */
export function checkRegion(path: Path, region: string): readonly Problem[] {
  if ((PROFILE_REGIONS as readonly string[]).includes(region)) {
    return [];
  }
  const offered = `; Regions that have them: ${PROFILE_REGIONS.join(', ')}`;
  if (partitionOf(region) !== 'aws') {
    const where = partitionOf(region) === 'aws-cn' ? 'China' : 'AWS GovCloud (US)';
    return [
      {
        path,
        message: `'${region}' is in ${where}, where CloudFormation has no application inference profiles${offered}`,
      },
    ];
  }
  if (!/^[a-z]{2}-[a-z]+-\d$/.test(region)) {
    return [{ path, message: `'${region}' is not an AWS Region${didYouMean(region, PROFILE_REGIONS)}${offered}` }];
  }
  return [{ path, message: `CloudFormation in '${region}' has no application inference profiles${offered}` }];
}

function didYouMean(word: string, candidates: readonly string[]): string {
  const [meant] = nearest(word, candidates);
  return meant === undefined ? '' : `; did you mean '${meant}'?`;
}

/** In the folder `environments/` a file is called by its environment's name, so that commands find it. */
export function checkFileName(file: string, name: string): readonly Problem[] {
  const expected = basename(file, extname(file));
  return expected === name || basename(dirname(file)) !== 'environments'
    ? []
    : [
        {
          path: ['name'],
          message: `'${name}' is not the file's name; write '${expected}' or rename the file to ${name}.yaml`,
        },
      ];
}

/** Tags that the file sets, and tags that it requires of itself. */
export function checkTags(tags: Readonly<Record<string, string>>, required: readonly string[]): readonly Problem[] {
  const own = OWN_TAGS as readonly string[];
  return [
    ...Object.keys(tags).flatMap((key): readonly Problem[] => {
      const path = ['tags', key];
      if (own.includes(key)) {
        return [
          { path, at: 'key', message: `the tag '${key}' is set from the application's own keys; remove it here` },
        ];
      }
      return /^aws:/i.test(key)
        ? [{ path, at: 'key', message: `'${key}' begins with 'aws:', which AWS keeps for itself` }]
        : [];
    }),
    ...required.flatMap((key, i): readonly Problem[] =>
      own.includes(key) || key in tags
        ? []
        : [
            {
              path: ['requiredTags', i],
              message: `nothing sets the required tag '${key}'; add it under tags:${didYouMean(key, [...own, ...Object.keys(tags)])}`,
            },
          ],
    ),
  ];
}

/** Patterns of `limits.models` that fit no model at all. */
export function checkModelPatterns(patterns: readonly string[]): readonly Problem[] {
  return patterns.flatMap((pattern, i): readonly Problem[] =>
    MODEL_IDS.some((id) => matchesModel(pattern, id))
      ? []
      : [
          {
            path: ['limits', 'models', i],
            severity: 'warning',
            message: `'${pattern}' fits no model this catalog knows`,
          },
        ],
  );
}
