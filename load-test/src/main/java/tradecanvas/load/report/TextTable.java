package tradecanvas.load.report;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal: first column to the left, figures to the right. Threads: one owner. */
public final class TextTable {
    private final List<String[]> rows = new ArrayList<>();

    public TextTable(String... head) {
        rows.add(head);
    }

    /** Adds a row of as many cells as the head has. */
    public void row(String... cells) {
        if (cells.length != rows.getFirst().length) {
            throw new IllegalArgumentException(
                    "row of " + cells.length + " cells in a table of " + rows.getFirst().length);
        }
        rows.add(cells);
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                String blanks = " ".repeat(widths[i] - row[i].length());
                text.append(i == 0 ? row[i] + blanks : "  " + blanks + row[i]);
            }
            text.append('\n');
        }
        return text.toString();
    }
}
