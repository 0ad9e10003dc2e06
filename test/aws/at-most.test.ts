import { atMost } from '../../aws/at-most';

test('tasks start in the order of the calls, and never more than the limit run at a time', async () => {
  const limit = atMost(4);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const task = (i: number) =>
    limit(async () => {
      begun.push(i);
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return i;
    });
  const numbers = [...Array(25).keys()];
  expect(await Promise.all(numbers.map(task))).toEqual(numbers);
  expect(begun).toEqual(numbers);
  expect(most).toBe(4);
});

test('a failed task frees its place', async () => {
  const limit = atMost(1);
  await expect(limit(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await limit(async () => 'next')).toBe('next');
});
