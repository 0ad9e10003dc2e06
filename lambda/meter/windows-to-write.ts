import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { ownSeries } from './own-series';
import { readSeries } from './read-series';
import { WINDOW_SECONDS, windowsBefore } from './windows';

/** Metric that is written once for every window, with the window's time. It marks the window's figures as written. */
export const WINDOWS_METERED = 'WindowsMetered';

/**
 * Returns the windows before `end` that have not been written yet, oldest first.
 *
 * Each window is written only once, because CloudWatch adds up values with the same time. If a run failed or the
 * schedule was late, the next run writes the missed window.
 *
 * @param written windows that the function remembers as written; CloudWatch may not show them yet
 */
export async function windowsToWrite(
  cloudWatch: CloudWatch,
  clock: Clock,
  environment: string,
  end: number,
  written: ReadonlySet<number>,
): Promise<readonly number[]> {
  const windows = windowsBefore(end);
  const metered = new Set(written);
  const series = ownSeries(WINDOWS_METERED, { Environment: environment }, 'SampleCount', (at, count) => {
    if (count > 0) {
      metered.add(at);
    }
  });
  const stretch = { start: windows[0] ?? end, end, slotSeconds: WINDOW_SECONDS };
  await readSeries(cloudWatch, clock, stretch, [series]);
  return windows.filter((window) => !metered.has(window));
}
