package org.lapse.platform.changes;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The changes that were committed while nobody told this node, in all tables whose rows keep their number. */
@Singleton
@Transactional(TxType.MANDATORY)
public class MissedChanges {
    private final EntityManager entities;
    private final Instance<NumberedRows> all;

    @Inject
    MissedChanges(EntityManager entities, Instance<NumberedRows> all) {
        this.entities = entities;
        this.all = all;
    }

    /**
     * The highest number of a change that is in the database, in one question; 0 where there is none.
     *
     * @param further tables whose changes somebody else looks for
     */
    public long highest(NumberedTable... further) {
        String ofEach = Stream.concat(all.stream().map(NumberedRows::table), Stream.of(further))
                .map(NumberedTable::highest)
                .collect(Collectors.joining(" union all "));
        Number highest = (Number) entities.createNativeQuery("select max(number) from (" + ofEach + ") of_each")
                .getSingleResult();
        return highest == null ? 0 : highest.longValue();
    }

    /** Tells of the changes of those numbers: where they are is one question, and each table that has some another. */
    public void tellOf(Collection<Long> missed) {
        List<NumberedRows> rows = all.stream().toList();
        String ofEach = IntStream.range(0, rows.size())
                .mapToObj(place -> rows.get(place).table().withNumbers(place))
                .collect(Collectors.joining(" union all "));
        Stream<?> found = entities.createNativeQuery(ofEach)
                .setParameter("numbers", missed.toArray(Long[]::new))
                .getResultStream();
        Map<Integer, List<Long>> byPlace = found.map(row -> (Object[]) row)
                .collect(Collectors.groupingBy(
                        row -> ((Number) row[0]).intValue(),
                        Collectors.mapping(row -> ((Number) row[1]).longValue(), Collectors.toList())));
        byPlace.forEach((place, numbers) -> rows.get(place).tellOf(numbers));
    }
}
