/**
 * Code to try a task on, TypeScript. Long enough that delegating its writing is worth the detour,
 * and with purposes for a task: functions that end in an `if` around their work, a repeated value,
 * debug output, a TODO, functions without a comment.
 */
export const SAMPLE_CODE = `// A sample for Delegate
// Nobody's file: change it as you like, and close it without saving.

interface OrderLine {
  readonly name: string;
  readonly unitPrice: number;
  readonly count: number;
}

interface Order {
  readonly id: string;
  readonly customer: string;
  readonly isPaid: boolean;
  readonly lines: readonly OrderLine[];
}

type Write = (line: string) => void;

function parseOrderLine(text: string): OrderLine | null {
  const [name = '', price = '', count = ''] = text.split(';').map((part) => part.trim());
  const unitPrice = Number(price.replace(',', '.'));
  const pieces = Number(count);
  if (name === '' || !Number.isFinite(unitPrice) || !Number.isInteger(pieces)) {
    return null;
  }
  return { name, unitPrice, count: pieces };
}

function parseOrder(id: string, text: string): Order {
  const [customer = '', state = '', ...rest] = text.split('\\n');
  const lines: OrderLine[] = [];
  for (const each of rest) {
    const line = parseOrderLine(each);
    if (line !== null) {
      lines.push(line);
    }
  }
  console.log('parsed', id, lines.length);
  return { id, customer: customer.trim(), isPaid: state.trim() === 'paid', lines };
}

function netAmount(order: Order): number {
  return order.lines.reduce((sum, { unitPrice, count }) => sum + unitPrice * count, 0);
}

function discountOf(order: Order): number {
  const net = netAmount(order);
  if (net >= 1000) {
    return net * 0.1;
  }
  if (net >= 250) {
    return net * 0.05;
  }
  return 0;
}

function grossAmount(order: Order): number {
  return (netAmount(order) - discountOf(order)) * 1.19;
}

function printReceipt(order: Order, write: Write): void {
  // TODO: use the customer's currency.
  if (order.isPaid) {
    write('Receipt ' + order.id + ' for ' + order.customer);
    for (const { name, unitPrice, count } of order.lines) {
      write(count + ' x ' + name + ': ' + (unitPrice * count).toFixed(2) + ' EUR');
    }
    const discount = discountOf(order);
    if (discount > 0) {
      write('Discount: -' + discount.toFixed(2) + ' EUR');
    }
    const tax = (netAmount(order) - discount) * 0.19;
    write('Tax: ' + tax.toFixed(2) + ' EUR');
    write('Total: ' + grossAmount(order).toFixed(2) + ' EUR');
  }
}

function printReminder(order: Order, write: Write): void {
  if (!order.isPaid) {
    write('Dear ' + order.customer + ',');
    write('your order ' + order.id + ' is waiting for its payment.');
    write('Please send ' + grossAmount(order).toFixed(2) + ' EUR' + ' within 14 days.');
  }
}

function unitsByName(orders: readonly Order[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const order of orders) {
    for (const { name, count } of order.lines) {
      units.set(name, (units.get(name) ?? 0) + count);
    }
  }
  return units;
}

function printReport(orders: readonly Order[], write: Write): void {
  if (orders.length > 0) {
    const paid = orders.filter((order) => order.isPaid);
    const revenue = paid.reduce((sum, order) => sum + grossAmount(order), 0);
    write('Orders: ' + orders.length + ', paid: ' + paid.length);
    write('Revenue: ' + revenue.toFixed(2) + ' EUR');
    const ranking = [...unitsByName(paid)].sort((a, b) => b[1] - a[1]);
    for (const [name, count] of ranking.slice(0, 10)) {
      write(count + ' x ' + name);
    }
  }
}

export { grossAmount, parseOrder, printReceipt, printReminder, printReport };
`;
