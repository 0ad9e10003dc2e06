import { linePlot } from '../../../lib/report/format/line-plot';

const plot = (changes: Partial<Parameters<typeof linePlot>[0]> = {}): string =>
  linePlot({
    title: 'Dollars',
    unit: 'US dollars',
    times: ['Mon', 'Tue', 'Wed'],
    lines: [{ label: 'shop', values: [0, 5, 10] }],
    ...changes,
  }).text;

const pathsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/class="line[^"]*" d="([^"]*)"\/>\n/g)].map(([, d]) => d ?? '');
const ticksOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/dy="4" text-anchor="end">([^<]*)</g)].map(([, tick]) => tick ?? '');

test('a line goes from the first time to the last, and 0 is on the axis', () => {
  expect(pathsOf(plot())).toEqual(['M64 194L346 103L628 12']);
});

test('a time without a value is a gap, and a single value is a point', () => {
  const svg = plot({ times: ['1', '2', '3', '4'], lines: [{ label: 'a', values: [4, undefined, 8, 8] }] });
  expect(pathsOf(svg)).toEqual(['M64 103M440 12L628 12']);
  expect(
    [...svg.matchAll(/<circle class="point point-0" cx="([^"]*)" cy="([^"]*)"/g)].map(([, x, y]) => [x, y]),
  ).toEqual([['64', '103']]);
});

test.each([
  [0, ['0', '0.25', '0.5', '0.75', '1']],
  [0.9, ['0', '0.25', '0.5', '0.75', '1']],
  [10, ['0', '2.5', '5', '7.5', '10']],
  [11, ['0', '5', '10', '15']],
  [1_000_000, ['0', '250 k', '500 k', '750 k', '1 M']],
])('the axis ends at the first round number at or above the highest value %s', (most, ticks) => {
  expect(ticksOf(plot({ lines: [{ label: 'a', values: [most] }] }))).toEqual(ticks);
});

test('a limit above every value is in the plot, with its name', () => {
  const svg = plot({ limits: [{ label: 'budget $20 <shop>', value: 20 }] });
  expect(svg).toContain('<path class="limit" d="M64 12H628"/>');
  expect(svg).toContain('text-anchor="end">budget $20 &lt;shop&gt;</text>');
});

test('a table repeats the numbers, and a legend names each line', () => {
  const svg = plot({
    lines: [
      { label: 'a', values: [1, 2, 0.1 + 0.2] },
      { label: 'b & c', values: [undefined, 7, 8] },
    ],
  });
  const rows = [...svg.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row = '']) =>
    row.split(/<[^>]+>/).filter((c) => c !== ''),
  );
  expect(rows).toEqual([
    ['Mon', '1'],
    ['Tue', '2', '7'],
    ['Wed', '0.3', '8'],
  ]);
  expect([...svg.matchAll(/<\/svg>([^<]+)<\/li>/g)].map(([, label]) => label)).toEqual(['a', 'b &amp; c']);
  expect(svg).toContain('aria-label="Dollars, in US dollars, from Mon to Wed; the numbers are in the table below"');
});

test('stacked lines add up in the plot, and the table has the values of each line', () => {
  const svg = plot({
    stacked: true,
    lines: [
      { label: 'a', values: [5, 5, 5] },
      { label: 'b', values: [5, undefined, 0] },
    ],
  });
  expect(pathsOf(svg)).toEqual(['M64 103L346 103L628 103', 'M64 12L346 103L628 103']);
  expect(svg).toContain('<tr><th scope="row">Mon</th><td class="number">5</td><td class="number">5</td></tr>');
});

test('a plot may have a single time, or no line', () => {
  expect(plot({ times: ['Mon'], lines: [{ label: 'a', values: [1] }] })).toContain('cx="64" cy="12"');
  expect(pathsOf(plot({ lines: [] }))).toEqual([]);
});
