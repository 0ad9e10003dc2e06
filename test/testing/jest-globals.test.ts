import { expect as imported, test as importedTest } from '@jest/globals';
import '../../lib/testing';
import type { ReadingOptions } from '../../lib/testing';
import { allow, PROFILE, templateOf } from './small-template';

const template = templateOf([allow({ Resource: PROFILE })]);
const options: ReadingOptions = { region: 'us-east-1' };

// `npm run check` shows that this compiles without casts.
importedTest('expect of @jest/globals has the matchers, and the global one as well', () => {
  imported(template).toInvokeOnlyThroughProfiles(options);
  imported(template).toReachOnlyRegions(['us-east-1'], options);
  imported(template).toStreamWhereverItInvokes(options);
  imported(template).not.toReachOnlyRegions(['eu-west-1'], options);
  expect(template).toInvokeOnlyThroughProfiles(options);
  expect(template).toReachOnlyRegions(['us-east-1'], options);
  expect(template).toStreamWhereverItInvokes(options);
  expect(template).not.toReachOnlyRegions(['eu-west-1'], options);
});

importedTest('wrong arguments do not compile', () => {
  // @ts-expect-error a list is needed
  imported(() => imported(template).toReachOnlyRegions('us-east-1')).toThrow('needs a list of Regions');
  // @ts-expect-error a list is needed
  expect(() => expect(template).toReachOnlyRegions()).toThrow('needs a list of Regions');
  // @ts-expect-error the option does not exist
  expect(template).toInvokeOnlyThroughProfiles({ regions: ['us-east-1'] });
});
