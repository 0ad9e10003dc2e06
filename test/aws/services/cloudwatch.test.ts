import { CloudWatchClient, GetMetricDataCommand, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { cloudWatch } from '../../../aws/services/cloudwatch';
import { signedPost } from '../../../aws/services/signed-post';
import { recordingServer } from '../../lambda/verify/recording-server';

const server = recordingServer('application/x-amz-json-1.0');

const Dimensions = [{ Name: 'ModelId', Value: 'w2m9jvmdyfej' }];
const FILTER = { Namespace: 'AWS/Bedrock', Dimensions, RecentlyActive: 'PT3H', NextToken: 'next' } as const;
const DATA = {
  // 2026-11-21, from 00:00 to 12:00 UTC.
  StartTime: 1_795_219_200,
  EndTime: 1_795_262_400,
  MetricDataQueries: [
    {
      Id: 'm0',
      MetricStat: {
        Metric: { Namespace: 'AWS/Bedrock', MetricName: 'Invocations', Dimensions },
        Period: 300,
        Stat: 'Sum',
      },
    },
  ],
  NextToken: 'next',
};

const signal = () => AbortSignal.timeout(5_000);
const ours = () => cloudWatch(signedPost(server.endpointOf('monitoring')));
const theirs = () => new CloudWatchClient({ region: 'us-east-1', endpoint: server.endpointOf('monitoring').url ?? '' });

test.each([
  ['ListMetrics', () => ours().listMetrics(FILTER, signal()), () => theirs().send(new ListMetricsCommand(FILTER))],
  [
    'GetMetricData',
    () => ours().getMetricData(DATA, signal()),
    () => {
      const at = (seconds: number) => new Date(seconds * 1000);
      const request = { ...DATA, StartTime: at(DATA.StartTime), EndTime: at(DATA.EndTime) };
      return theirs().send(new GetMetricDataCommand(request));
    },
  ],
] as const)("the request of %s equals that of the SDK's client", async (operation, ask, askBySdk) => {
  server.reply = { status: 200, body: '{}' };
  await ask();
  await askBySdk();
  const [one, other] = server.seen.slice(-2).map(({ method, url, headers, body }) => ({
    method,
    url,
    body: JSON.parse(body),
    type: headers['content-type'],
    target: headers['x-amz-target'],
    token: headers['x-amz-security-token'],
    scope: headers.authorization?.replace(/^.*Credential=\w+\/\d{8}(\S+),.*$/, '$1'),
  }));
  expect(one).toEqual(other);
  expect(one).toMatchObject({
    target: `GraniteServiceVersion20100801.${operation}`,
    scope: '/us-east-1/monitoring/aws4_request',
  });
});
