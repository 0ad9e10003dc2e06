import { basename, dirname, extname } from 'node:path';
import { MODEL_IDS, REGIONS } from '../../catalog/catalog';
import { PROFILE_REGIONS, partitionOf } from '../../catalog/region';
import { didYouMean } from '../../spelling/did-you-mean';
import { MAX_TAGS } from '../environment-schema';
import type { Path, Problem } from '../problem';
import { quoted } from '../quoted';
import { NOT_A_CONSTRUCT, notAConstruct } from './check-application';
import { matchesModel } from './check-models';

/** Tags that are set on every profile, role and budget. A file must not set them. */
const OWN_TAGS = ['Application', 'BedrockAccess', 'CostCenter', 'Owner'] as const;

/**
 * Tags that a GitHub job or another account may set on its session when it assumes a role, to identify the person or
 * the job. A session tag overrides a role tag in IAM and in billing, so a file must not set them.
 */
export const SESSION_TAGS = ['User', 'Job'] as const;

/** Checks that application inference profiles can be created in the Region. */
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
    return [{ path, message: `${quoted(region)} is not a Region in the catalog${allowed}${hint}` }];
  }
  return [{ path, message: `CloudFormation in '${region}' has no application inference profiles${allowed}` }];
}

/** Checks that a file in the folder `environments/` has the name of its environment, so that commands find it. */
export function checkFileName(file: string, name: string): readonly Problem[] {
  if (name === NOT_A_CONSTRUCT) {
    return [{ path: ['name'], message: notAConstruct('environment') }];
  }
  const expected = basename(file, extname(file));
  return expected === name || basename(dirname(file)) !== 'environments'
    ? []
    : [
        {
          path: ['name'],
          message: `'${name}' differs from the name of the file; write '${expected}' or rename the file to ${name}.yaml`,
        },
      ];
}

/** Checks the tags that the file sets and the tags that it requires. */
export function checkTags(tags: readonly string[], required: readonly string[]): readonly Problem[] {
  const own = OWN_TAGS as readonly string[];
  // IAM treats the keys of tags as case-insensitive.
  const same = (a: string) => (b: string) => a.toLowerCase() === b.toLowerCase();
  const seen = new Map<string, string>();
  const room = MAX_TAGS - own.length;
  return [
    ...(tags.length > room
      ? [
          {
            path: ['tags'],
            message: `${tags.length} tags are too many; set at most ${room}, because IAM allows ${MAX_TAGS} on a role and ${own.length} are set automatically`,
          },
        ]
      : []),
    ...tags.flatMap((key): readonly Problem[] => {
      const path = ['tags', key];
      const [taken, earlier] = [own.find(same(key)), seen.get(key.toLowerCase())];
      seen.set(key.toLowerCase(), key);
      if (taken !== undefined) {
        const what = `the tag '${taken}' is set automatically`;
        return [
          {
            path,
            at: 'key',
            message: `${what}${taken === key ? '' : `, and IAM treats '${key}' as the same tag`}; remove it here`,
          },
        ];
      }
      const sessionTag = SESSION_TAGS.find(same(key));
      if (sessionTag !== undefined) {
        const what = `the tag '${sessionTag}' is reserved for sessions, whose tag would override it`;
        return [{ path, at: 'key', message: `${what}; choose another key` }];
      }
      if (earlier !== undefined) {
        return [
          {
            path,
            at: 'key',
            message: `IAM treats ${quoted(key)} and ${quoted(earlier)} as the same tag; remove one of them`,
          },
        ];
      }
      return /^aws:/i.test(key)
        ? [
            {
              path,
              at: 'key',
              message: `${quoted(key)} begins with 'aws:', which AWS reserves; choose another key`,
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
              message: `the required tag ${quoted(key)} is not set; add it under tags:${didYouMean(key, [...own, ...tags])}`,
            },
          ],
    ),
  ];
}

/** Warns of patterns in `limits.models` that match no model of the catalog. */
export function checkModelPatterns(patterns: readonly string[]): readonly Problem[] {
  return patterns.flatMap((pattern, i): readonly Problem[] =>
    MODEL_IDS.some((id) => matchesModel(pattern, id))
      ? []
      : [
          {
            path: ['limits', 'models', i],
            severity: 'warning',
            message: `${quoted(pattern)} matches no model in the catalog; a pattern must match a whole model id, such as amazon.nova-lite-v1:0`,
          },
        ],
  );
}
