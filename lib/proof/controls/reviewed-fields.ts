import { matchesModel } from '../../config/checks/check-models';
import type { EnvironmentConfig } from '../../config/environment-schema';
import {
  choice,
  demands,
  duration,
  exceptions,
  fixed,
  limit,
  permits,
  probes,
  recipients,
  thresholds,
  told,
} from './compare';
import type { Review, Reviewed } from './review';

const access = (because: string): Review => ({ kind: 'access', because });
const neutral = (because: string): Review => ({ kind: 'neutral', because });

const CALLS = 'the calls and the profiles of the matrix show it';

const generation = { model: access(CALLS), routing: access(CALLS) };

/**
 * Every field of an environment file, each reviewed once. `diff` compares the controls and the money; access shows in the
 * calls, profiles and trust policies.
 *
 * A field that is added to the schema does not compile until it is reviewed here.
 */
export const REVIEWED_FIELDS: Reviewed<EnvironmentConfig> = {
  fields: {
    name: neutral('the environments are compared by name'),
    account: access('the matrix says where the environment is'),
    region: access('the matrix says where the environment is'),
    contact: fixed('control', 'the address for alerts of the environment'),
    tags: told('money', 'the tags of all resources change'),
    costAllocationTags: choice(
      'money',
      ['leave', 'the tags are no longer kept active for cost allocation'],
      ['active', 'the tags are said to be active for cost allocation, and nothing keeps them so'],
      ['activate', 'the tags are kept active for cost allocation'],
    ),
    requiredTags: demands('control', 'the required tags'),
    invocationLogging: {
      whole: { gone: 'calls are no longer logged', added: 'calls are logged' },
      fields: {
        content: choice(
          'control',
          [false, 'prompts and answers are no longer logged'],
          [true, 'prompts and answers are logged'],
        ),
        retentionDays: duration('control', 'the number of days for which the log is kept'),
      },
    },
    verification: {
      fields: {
        gate: choice(
          'control',
          ['warn', 'a deployment no longer fails when access does not work'],
          ['fail', 'a deployment fails when access does not work'],
        ),
        everyHours: limit('control', 'the number of hours between two verifications'),
      },
    },
    oidc: {
      fields: {
        github: choice(
          'control',
          ['create', 'the account gets an identity provider that trusts GitHub'],
          ['existing', 'the account no longer gets an identity provider that trusts GitHub'],
        ),
      },
    },
    network: {
      whole: {
        gone: 'calls no longer go through the endpoint of a VPC',
        added: 'calls go through the endpoint of a VPC',
      },
      fields: {
        vpcId: fixed('control', 'the VPC of the endpoint'),
        subnetIds: permits('control', 'the subnets of the endpoint'),
        clientCidr: fixed('control', 'the range of client addresses of the endpoint'),
        also: demands('control', 'the further services with an endpoint'),
        endpoints: {
          fields: {
            'bedrock-runtime': fixed('control', 'the existing endpoint of bedrock-runtime'),
            bedrock: fixed('control', 'the existing endpoint of bedrock'),
            ssm: fixed('control', 'the existing endpoint of ssm'),
            sts: fixed('control', 'the existing endpoint of sts'),
          },
        },
      },
    },
    limits: {
      fields: {
        monthlyUsd: limit('money', 'the limit for the sum of all budgets'),
        models: permits('control', 'the allowed models', matchesModel),
        routing: permits('control', 'the allowed routings'),
      },
    },
    acknowledgements: exceptions('control', 'the accepted findings'),
    applications: {
      each: {
        fields: {
          owner: fixed('control', 'the address for alerts of the application'),
          costCenter: told('money', 'another cost center is charged'),
          models: {
            each: {
              fields: {
                ...generation,
                previous: { fields: generation },
                serve: access(CALLS),
              },
            },
          },
          principals: access('the principals of the matrix show it, and who can assume each role'),
          guardrail: { fields: { id: access(CALLS), version: access(CALLS) } },
          tiers: permits('control', 'the service tiers that a call may name'),
          budget: {
            fields: {
              monthlyUsd: access('the matrix has a list of budgets'),
              alerts: thresholds('control', 'the alerts of the budget'),
              forecast: thresholds('control', 'the forecast alerts of the budget'),
              notify: recipients('control', 'the alerts of the budget'),
              atLimit: choice(
                'control',
                ['notify', 'the application is no longer denied when its budget is spent'],
                ['deny', 'the application is denied when its budget is spent'],
              ),
            },
          },
          alarms: {
            fields: {
              throttlesPerMinute: limit('control', 'the alarm on throttles per minute'),
              errorRatePercent: limit('control', 'the alarm on the percentage of errors'),
              p90LatencyMs: limit('control', 'the alarm on latency'),
              dailyUsd: limit('money', 'the limit of dollars a day'),
            },
          },
          mantle: neutral('bedrock-mantle is always denied'),
          verify: probes('control', 'the probes of the verification'),
        },
      },
    },
  },
};
