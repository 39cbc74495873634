package org.lapse.insight.audit;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Writes records into the database, all of them with one statement whatever their number: each column is an array. One
 * alone, as most are, is written as any row is, together with what else the transaction has changed.
 */
@Singleton
class AuditRows {
    private static final List<Column<?>> COLUMNS = List.of(
            new Column<>("id", "uuid", AuditRecord::id, UUID[]::new),
            new Column<>("organization_id", "uuid", AuditRecord::organizationId, UUID[]::new),
            new Column<>("recorded_at", "timestamp(6) with time zone", AuditRecord::recordedAt, Instant[]::new),
            Column.ofText("actor_type", AuditRecord::actorType),
            Column.ofText("actor_id", AuditRecord::actorId),
            Column.ofText("application_id", AuditRecord::applicationId),
            Column.ofText("remote_address", AuditRecord::remoteAddress),
            Column.ofText("action", AuditRecord::action),
            Column.ofText("entity_type", AuditRecord::entityType),
            Column.ofText("entity_id", AuditRecord::entityId),
            new Column<>("concerned_user_id", "uuid", AuditRecord::concernedUserId, UUID[]::new),
            Column.ofText("concerned_application_id", AuditRecord::concernedApplicationId),
            new Column<>("concerned_session_id", "uuid", AuditRecord::concernedSessionId, UUID[]::new),
            Column.ofText("reason", AuditRecord::reason),
            Column.ofText("before_value", AuditRecord::beforeValue),
            Column.ofText("after_value", AuditRecord::afterValue));

    private static final String INSERT = "insert into audit_record ("
            + COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "))
            + ") select * from unnest("
            + COLUMNS.stream()
                    .map(column -> "cast(:" + column.name + " as " + column.type + " array)")
                    .collect(Collectors.joining(", "))
            + ")";

    private final EntityManager entities;

    @Inject
    AuditRows(EntityManager entities) {
        this.entities = entities;
    }

    void insert(List<AuditRecord> records) {
        if (records.size() == 1) {
            entities.persist(records.get(0));
            return;
        }
        Query insert = entities.createNativeQuery(INSERT);
        for (Column<?> column : COLUMNS) {
            insert.setParameter(column.name, column.of(records));
        }
        insert.executeUpdate();
    }

    /** A column of the table, and where its value is in a record. */
    private record Column<T>(String name, String type, Function<AuditRecord, T> value, IntFunction<T[]> array) {
        static Column<String> ofText(String name, Function<AuditRecord, String> value) {
            return new Column<>(name, "varchar", value, String[]::new);
        }

        T[] of(List<AuditRecord> records) {
            return records.stream().map(value).toArray(array);
        }
    }
}
