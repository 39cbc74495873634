package org.lapse.organizations.application;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** An application template that an organization has made itself. */
@Entity
@Table(name = "application_template")
class OwnTemplate {
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "application_template_dbid")
    @SequenceGenerator(name = "application_template_dbid", allocationSize = 1)
    private int dbid;

    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID organizationId;

    private String name;
    private String applicationType;
    private String frameworkVersion;
    private boolean enabled;

    @Version
    private int version;

    @ElementCollection
    @CollectionTable(name = "application_template_option", joinColumns = @JoinColumn(name = "template_dbid"))
    @Column(name = "option_value")
    private Map<ApplicationOption, String> options;

    @ElementCollection
    @CollectionTable(name = "application_template_annex", joinColumns = @JoinColumn(name = "template_dbid"))
    @Column(name = "option_value")
    private Map<ApplicationOption, String> annex;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected OwnTemplate() {}

    OwnTemplate(UUID organizationId, String name, ApplicationType type) {
        this.organizationId = organizationId;
        this.name = name;
        this.applicationType = type.name();
        this.frameworkVersion = "";
        this.enabled = true;
        this.options = new HashMap<>();
        this.annex = new HashMap<>();
    }

    /** The template as it stands. */
    ApplicationTemplate template() {
        return new ApplicationTemplate(
                dbid,
                name,
                ApplicationType.named(applicationType),
                frameworkVersion,
                enabled,
                false,
                ApplicationOption.bySection(options),
                ApplicationOption.bySection(annex));
    }

    void rename(String newName) {
        name = newName;
    }

    void setFrameworkVersion(String newVersion) {
        frameworkVersion = newVersion;
    }

    void setEnabled(boolean nowEnabled) {
        enabled = nowEnabled;
    }

    void setOptions(Map<ApplicationOption, String> newOptions) {
        options.clear();
        options.putAll(newOptions);
    }

    void setAnnex(Map<ApplicationOption, String> newAnnex) {
        annex.clear();
        annex.putAll(newAnnex);
    }
}
