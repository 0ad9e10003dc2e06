import { basename, dirname, extname } from 'node:path';
import { MODEL_IDS, REGIONS } from '../catalog/catalog';
import { nearest } from '../catalog/nearest';
import { PROFILE_REGIONS, partitionOf } from '../catalog/region';
import { matchesModel } from './check-models';
import { MAX_TAGS } from './environment-schema';
import type { Path, Problem } from './problem';
import { quoted } from './quoted';

/** Tags that every profile, role and budget gets; a file may not set them itself. */
const OWN_TAGS = ['Application', 'BedrockAccess', 'CostCenter', 'Owner'] as const;

/**
 * Tags that whoever becomes a role of GitHub or of another account may give the session, to tell people and jobs apart. A
 * session's tag wins over the role's in IAM and in billing, so a file may not set them.
 */
export const SESSION_TAGS = ['User', 'Job'] as const;

/** What is wrong with a Region, if anything. */
export function checkRegion(path: Path, region: string): readonly Problem[] {
  if ((PROFILE_REGIONS as readonly string[]).includes(region)) {
    return [];
  }
  const allowed = `; allowed: ${PROFILE_REGIONS.join(', ')}`;
  if (partitionOf(region) !== 'aws') {
    const where = partitionOf(region) === 'aws-cn' ? 'China' : 'AWS GovCloud (US)';
    return [
      {
        path,
        message: `${quoted(region)} is in ${where}, where CloudFormation has no application inference profiles${allowed}`,
      },
    ];
  }
  if (!REGIONS.includes(region)) {
    const hint = didYouMean(region, PROFILE_REGIONS);
    return [{ path, message: `${quoted(region)} is not a Region this catalog knows${allowed}${hint}` }];
  }
  return [{ path, message: `CloudFormation in '${region}' has no application inference profiles${allowed}` }];
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
export function checkTags(tags: readonly string[], required: readonly string[]): readonly Problem[] {
  const own = OWN_TAGS as readonly string[];
  // IAM tells no upper case from lower case in the keys of tags.
  const same = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();
  const seen = new Map<string, string>();
  const room = MAX_TAGS - own.length;
  return [
    ...(tags.length > room
      ? [
          {
            path: ['tags'],
            message: `${tags.length} tags are too many; IAM leaves room for ${room} of yours on a role`,
          },
        ]
      : []),
    ...tags.flatMap((key): readonly Problem[] => {
      const path = ['tags', key];
      const [taken, earlier] = [own.find(same(key)), seen.get(key.toLowerCase())];
      seen.set(key.toLowerCase(), key);
      if (taken !== undefined) {
        const what = `the tag '${taken}' is set from the application's own keys`;
        return [
          {
            path,
            at: 'key',
            message: `${what}${taken === key ? '' : `, and IAM reads '${key}' as the same`}; remove it here`,
          },
        ];
      }
      const ofSession = SESSION_TAGS.find(same(key));
      if (ofSession !== undefined) {
        const what = `the tag '${ofSession}' belongs to sessions, whose own would hide it`;
        return [{ path, at: 'key', message: `${what}; name it otherwise` }];
      }
      if (earlier !== undefined) {
        return [
          {
            path,
            at: 'key',
            message: `IAM reads ${quoted(key)} and ${quoted(earlier)} as the same tag; keep one of them`,
          },
        ];
      }
      return /^aws:/i.test(key)
        ? [
            {
              path,
              at: 'key',
              message: `${quoted(key)} begins with 'aws:', which AWS keeps for itself; name the tag otherwise`,
            },
          ]
        : [];
    }),
    ...required.flatMap((key, i): readonly Problem[] =>
      own.includes(key) || tags.includes(key)
        ? []
        : [
            {
              path: ['requiredTags', i],
              message: `nothing sets the required tag ${quoted(key)}; add it under tags:${didYouMean(key, [...own, ...tags])}`,
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
            message: `${quoted(pattern)} fits no model this catalog knows; it is compared with whole ids, such as amazon.nova-lite-v1:0`,
          },
        ],
  );
}
