import { refusedStack } from '../../../lambda/custom-resource/own-stack';
import { refusedUrl } from '../../../lambda/custom-resource/response-url';
import { resourceRequest } from '../verify/resource-request';

const BUCKET = 'https://cloudformation-custom-resource-response';

describe('ResponseURL', () => {
  const at = (region: string, endpoint?: string) => (url: string) => refusedUrl(url, { region, endpoint });

  test.each([
    [
      'us-east-1',
      `${BUCKET}-useast1.s3.us-east-1.amazonaws.com/arn%3Aaws%7CGate%7C1?X-Amz-Signature=s%3D&X-Amz-Date=1`,
    ],
    ['us-east-1', `${BUCKET}-useast1.s3.amazonaws.com/a%7Cb?AWSAccessKeyId=k&Signature=s%3D`],
    ['us-east-1', `${BUCKET}-useast1.s3-us-east-1.amazonaws.com/a`],
    ['eu-west-1', `${BUCKET}-euwest1.s3-eu-west-1.amazonaws.com/a`],
    ['ap-southeast-7', `${BUCKET}-apsoutheast7.s3.ap-southeast-7.amazonaws.com/a`],
    ['us-gov-west-1', `${BUCKET}-usgovwest1.s3.us-gov-west-1.amazonaws.com/a`],
    ['cn-north-1', `${BUCKET}-cnnorth1.s3.cn-north-1.amazonaws.com.cn/a`],
    ['us-east-1', `${BUCKET}-USEAST1.s3.us-east-1.amazonaws.com/a`],
    ['us-east-1', `${BUCKET}-useast1.s3.us-east-1.amazonaws.com:443/a`],
  ])('in %s an answer may be sent to %s', (region, url) => {
    expect(at(region)(url)).toBeUndefined();
  });

  test.each([
    `${BUCKET}-euwest1.s3.eu-west-1.amazonaws.com/a`,
    `${BUCKET}-useast1.s3.eu-west-1.amazonaws.com/a`,
    `${BUCKET}-useast1.s3.us-east-1.amazonaws.com.cn/a`,
    `${BUCKET}-useast1.s3.us-east-1.amazonaws.com.example.com/a`,
    `${BUCKET}-useast1.s3.us-east-1.amazonaws.com./a`,
    `${BUCKET}-useast1.s3.us-east-1.amazonaws.com:8443/a`,
    `${BUCKET}-useast1.s3.us-east-1.amazonaws.com@example.com/a`,
    `${BUCKET}-useast1.s3.us-east-1.amazonaws.com%2eexample.com/a`,
    `${BUCKET}-useast1-mine.s3.us-east-1.amazonaws.com/a`,
    `https://example.com/${BUCKET}-useast1.s3.us-east-1.amazonaws.com/a`,
    'https://my-bucket.s3.us-east-1.amazonaws.com/a',
    'https://s3.us-east-1.amazonaws.com/cloudformation-custom-resource-response-useast1/a',
    `${BUCKET}-useast1.s3-accelerate.amazonaws.com/a`,
    `${BUCKET.replace('https', 'http')}-useast1.s3.us-east-1.amazonaws.com/a`,
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost:8080/',
    'http://127.0.0.1:8080/answer',
    'http://[::1]:8080/answer',
    'http://127.0.0.1.example.com/',
    'http://127.0.0.1@example.com/',
    'http://[::ffff:127.0.0.1]/',
    'http://0.0.0.0/',
    'https://user:password@example.com/',
    `https://user@${BUCKET.slice(8)}-useast1.s3.us-east-1.amazonaws.com/a`,
    'https://:password@example.com/',
    'ftp://127.0.0.1/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'javascript:0',
    '//example.com/a',
    'https://',
    'example.com',
    '',
  ])('no answer is sent to %s', (url) => {
    expect(at('us-east-1')(url)).toMatch(/^ResponseURL /);
    expect(at('us-east-1', 'https://cloudformation.us-east-1.amazonaws.com')(url)).toMatch(/^ResponseURL /);
  });

  test('a function in a test answers on its own machine and nowhere else', () => {
    const inTest = at('us-east-1', 'http://127.0.0.1:4566');
    expect(inTest('http://127.0.0.1:8080/answer')).toBeUndefined();
    expect(inTest('https://[::1]:8080/answer')).toBeUndefined();
    for (const url of [`${BUCKET}-useast1.s3.us-east-1.amazonaws.com/a`, 'http://localhost/', 'ftp://127.0.0.1/']) {
      expect(inTest(url)).toBe('ResponseURL leaves this machine, although the function runs in a test');
    }
    expect(inTest('http://user@127.0.0.1/')).toBe('ResponseURL holds a user name or a password');
  });
});

describe('StackId', () => {
  const OWN = 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*';
  const ID = 'c2f4ef60-c6ee-11f0-9e1a-0affc1a3a1bd';
  const refused = (changes: Parameters<typeof resourceRequest>[0], own = OWN) =>
    refusedStack(resourceRequest(changes), own);

  test.each(['shop', 'Foundation', 'a-b-c', 'x1'])('a stack of the environment may ask: %s', (name) => {
    expect(refused({ StackId: `arn:aws:cloudformation:us-east-1:111122223333:stack/dev--${name}/${ID}` })).toBe(
      undefined,
    );
  });

  test.each([
    `arn:aws:cloudformation:us-east-1:444455556666:stack/dev--shop/${ID}`,
    `arn:aws:cloudformation:eu-west-1:111122223333:stack/dev--shop/${ID}`,
    `arn:aws-cn:cloudformation:us-east-1:111122223333:stack/dev--shop/${ID}`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/prod--shop/${ID}`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/xdev--shop/${ID}`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/dev-shop/${ID}`,
    `arn:aws:cloudformation:us-east-1:111122223333:stackset/dev--shop:${ID}`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop/${ID}/x`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop/${ID}\n`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*`,
    `arn:aws:cloudformation:us-east-1:111122223333:stack/dev--${'a'.repeat(129)}/${ID}`,
    'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop/',
    'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop',
    'dev--shop',
    '',
  ])('a request of %j is refused', (StackId) => {
    expect(refused({ StackId })).toBe(`StackId names no stack of this environment; expected: ${OWN}`);
  });

  test('a function for one stack refuses the others', () => {
    const foundation = OWN.replace('--*', '--Foundation');
    expect(refused({ StackId: OWN.replace('--*/*', `--Foundation/${ID}`) }, foundation)).toBeUndefined();
    expect(refused({ StackId: OWN.replace('--*/*', `--Foundation2/${ID}`) }, foundation)).toMatch(/^StackId /);
  });

  test.each(['', 'a b', 'Gate\n', 'x'.repeat(256), 'Gate&Action=DeleteStack'])(
    'a request with the LogicalResourceId %j is refused',
    (LogicalResourceId) => {
      expect(refused({ LogicalResourceId })).toBe('LogicalResourceId is not an id of CloudFormation');
    },
  );

  test('a request with a very long RequestId is refused', () => {
    expect(refused({ RequestId: 'r'.repeat(256) })).toBe('RequestId is longer than an id of CloudFormation');
  });
});
