package org.lapse.platform.changes;

/**
 * A table whose rows keep the number of a change.
 *
 * @param table its name
 * @param column the column of the number, which has an index
 */
public record NumberedTable(String table, String column) {
    String highest() {
        return "select max(" + column + ") as number from " + table;
    }

    String withNumbers(int place) {
        return "select " + place + " as place, " + column + " as number from " + table + " where " + column
                + " = any(:numbers)";
    }
}
