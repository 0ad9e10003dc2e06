/** Formats US dollars to the cent, or returns `-` for an unknown amount. */
export function cents(usd: number | undefined): string {
  if (usd === undefined) {
    return '-';
  }
  if (usd > 0 && usd < 0.005) {
    return '<$0.01';
  }
  const amount = Math.abs(usd).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${usd <= -0.005 ? '-' : ''}$${amount}`;
}

/** Rounds US dollars to the millionth for JSON and CSV. An unknown amount is `null`. */
export function exactUsd(usd: number | undefined): number | null {
  return usd === undefined ? null : Math.round(usd * 1_000_000) / 1_000_000;
}
