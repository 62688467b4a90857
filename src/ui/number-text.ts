// Numbers in words of the page. Formatters are made once: making one costs more than formatting a table.
const format = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
  const formatter = new Intl.NumberFormat("en-US", options);
  return (value) => formatter.format(value);
};

/** "1,234.5": at most two decimals, none that are zero. */
export const numberText = format({ maximumFractionDigits: 2 });
/** "1,234.50": an amount in a column that says its currency. */
export const amountText = format({ minimumFractionDigits: 2 });
/** "$1,234.50". */
export const dollarText = format({ style: "currency", currency: "USD" });
/** "12.5": one decimal always. */
export const tenthsText = format({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
/** "12.5", "12": one decimal where there is one. */
export const shortText = format({ maximumFractionDigits: 1 });
/** "12". */
export const wholeText = format({ maximumFractionDigits: 0 });
